import type { Build } from './build.ts';
import { recordedBuilds, table } from './columns.ts';
import { headerFact } from './header-fact.ts';
import type { NameFact } from './libc.ts';
import { inRange } from './libc-ref.ts';

const kinds: Record<string, NameFact['kind']> = {
  f: 'function',
  v: 'variable',
  m: 'macro',
  c: 'constant',
  t: 'type',
};

const states: Record<string, NameFact['musl']> = {
  d: 'declared',
  u: 'undeclared',
  x: 'unexported',
  a: 'absent',
};

/** Index of the first recorded build that is newer than 1.2.3. */
const after123 = recordedBuilds.findIndex((one) => !one.startsWith('1.2.3'));

/** The least feature macro that shows a name, by the profiles that do; empty when the default does, or nothing. */
export function neededMacro(visibleIn: string): string {
  if (visibleIn === '' || visibleIn.includes('d')) return '';
  if (visibleIn.includes('l')) return '_LARGEFILE64_SOURCE';
  if (visibleIn.includes('x')) return '_XOPEN_SOURCE=700';
  if (visibleIn.includes('g')) return '_GNU_SOURCE';
  return visibleIn.includes('L') ? '_GNU_SOURCE+_LARGEFILE64_SOURCE' : '';
}

function filled(text: string): string | null {
  return text === '' ? null : text;
}

function words(text: string): string[] {
  return text === '' ? [] : text.split('|');
}

/** What the asked musl does with a name, from the recorded build's letter and the range. */
function stateIn(build: Build, letter: string, since: string, removed: string): NameFact['musl'] {
  const recorded = recordedBuilds[build.index]?.replace('-debian', '');
  const state = states[letter] ?? 'absent';
  if (recorded === build.ref.version || since === '') return state;
  if (!inRange(build.ref.version, since, '')) return 'absent';
  const taken = state === 'absent' && removed !== '' && inRange(build.ref.version, since, removed);
  return taken ? 'undeclared' : state;
}

function parseFact(name: string, fact: string, build: Build): NameFact {
  const [
    kind = '',
    inGlibc = '',
    glibcVisibleIn = '',
    inMusl = '',
    shown = '',
    since = '',
    removed = '',
    letters = '',
    flags = '',
  ] = fact.split(';');
  const musl = stateIn(build, letters[build.index] ?? 'a', since, removed);
  const lfs64 = flags.includes('6');
  const [newer = '', older = newer] = shown.split('|');
  const inHeaders = musl === 'declared' || musl === 'unexported';
  const visibleIn = !inHeaders ? '' : build.index < after123 ? older : newer;
  const glibcHeaders = words(inGlibc);
  const muslHeaders = !inHeaders ? [] : words(inMusl).filter((one) => headerFact(one, build)?.musl !== false);
  return {
    name,
    kind: kinds[kind] ?? 'macro',
    glibcHeaders,
    muslHeader: muslHeaders.find((one) => glibcHeaders.includes(one)) ?? muslHeaders[0] ?? null,
    muslHeaders,
    musl,
    visibleIn,
    glibcVisibleIn,
    needs: neededMacro(visibleIn),
    lfs64,
    muslSince: filled(since),
    muslRemoved: filled(removed),
    differs: flags.includes('!') && musl === 'declared',
  };
}

/** Headers of the recorded build that define a macro. */
function definingHeaders(name: string, build: Build): string[] {
  return table('musl-macros')
    .get(name)
    .flatMap((fact) => {
      const [header = '', letters = ''] = fact.split(';');
      return letters[build.index] === '*' ? [header] : [];
    });
}

/** Whether some header of this musl defines a macro of that name. */
export function macroDefined(name: string, build: Build): boolean {
  return definingHeaders(name, build).length > 0;
}

/** All meanings of a name in glibc and musl. */
export function nameFacts(name: string, build: Build): NameFact[] {
  const facts = (['functions', 'macros', 'types'] as const).flatMap((one) =>
    table(one)
      .get(name)
      .map((fact) => parseFact(name, fact, build)),
  );
  if (facts.length > 0) return facts;
  const headers = definingHeaders(name, build);
  if (headers.length === 0) return [];
  return [
    {
      name,
      kind: 'macro',
      glibcHeaders: [],
      muslHeader: headers.find((one) => !one.startsWith('bits/')) ?? null,
      muslHeaders: headers,
      musl: 'declared',
      visibleIn: '',
      glibcVisibleIn: '',
      needs: '',
      lfs64: false,
      muslSince: null,
      muslRemoved: null,
      differs: false,
    },
  ];
}
