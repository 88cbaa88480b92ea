import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstCause } from '../src/buildlog/diagnostic.ts';
import { readBuildLog } from '../src/buildlog/read-log.ts';
import { readExecutable } from '../src/elf/executable.ts';
import { disk } from '../src/io/disk.ts';
import type { Finding, Remedy } from '../src/model/finding.ts';
import type { Result } from '../src/model/result.ts';
import type { Built, Ran } from './built.ts';
import { followOffers } from './follow-offers.ts';
import { type Machine, run } from './machine.ts';
import type { Row } from './row.ts';
import { smokeOf } from './smoke.ts';
import type { Workplace } from './workplace.ts';

const gomusl = fileURLToPath(new URL('../bin/gomusl.js', import.meta.url));
const longestCheck = 300;
const longestBuild = 45 * 60;
const longestLibrary = 20 * 60;
/** A product that does not end by itself, such as a server that knows no `--version`, is ended. */
const longestRun = 20;

/** Builds a laid out row with `gomusl build`, as a user would who does what check offers, and starts the product. */
export async function buildWithGomusl(
  row: Row,
  place: Workplace,
  toolchain: string,
  machine: Machine,
): Promise<Omit<Built, 'commit'>> {
  const begin = performance.now();
  const smoke = smokeOf(row);
  if (smoke !== null) writeFileSync(join(place.folder, 'smoke.go'), smoke.text);
  // A user's environment: what is no library for musl, gomusl has to know by itself.
  const env = { ...machine.env, PKG_CONFIG_LIBDIR: undefined };
  const allowWords = (patches: boolean) => (patches ? ['--allow=module-patches'] : []);
  const followed = await followOffers({
    ask: (tags, patches) =>
      check(place, toolchain, [...allowWords(patches), ...tagWords([...row.tags, ...tags])], env, machine),
    addLibrary: (command) => addLibrary(command, env, machine),
  });
  const { judged, tags, patches, libraries, unbuilt, missing } = followed;
  const allow = allowWords(patches);
  const said = {
    verdict: judged?.verdict ?? ('broken' as const),
    tags,
    libraries,
    unbuilt,
    missing,
    remedies: [...new Set((judged?.runs ?? []).flatMap(({ remedies }) => remedies.map(remedyName)))],
    blockers: judged?.verdict === 'blocked' ? blockers(judged.findings) : [],
    smoke: smoke?.file ?? null,
  };
  const took = () => Math.round((performance.now() - begin) / 100) / 10;
  const nothing = { product: null, verified: null, ran: null };
  if (said.verdict === 'blocked') return { ...said, outcome: 'refused', cause: null, ...nothing, seconds: took() };
  const output = join(machine.scratch, 'product');
  rmSync(output, { force: true });
  const words = ['-p', '2', '-buildvcs=false', ...tagWords([...row.tags, ...tags]), '-o', output, place.target];
  const command = ['node', gomusl, 'build', '--toolchain', toolchain, ...allow, ...words];
  const result = await run(command, place.folder, env, longestBuild);
  if (result.code === 124 || result.code === 137) {
    return { ...said, outcome: 'late', cause: null, ...nothing, seconds: took() };
  }
  if (result.code !== 0 || !existsSync(output)) {
    const log = machine.anonymous(result.stdout + result.stderr);
    const cause = firstCause(readBuildLog(log));
    const last = log.trim().split('\n').at(-1) ?? `exit ${result.code}`;
    const text = cause === null ? last : `${cause.kind} ${cause.name ?? ''}`;
    return { ...said, outcome: 'fails', cause: text.slice(0, 300), ...nothing, seconds: took() };
  }
  const { type, libc, libcVersion } = readExecutable(output, disk);
  // A program without C has no libc inside, and that is what was promised of it.
  const isMusl = libc === 'musl' || (said.verdict === 'pure' && libc === 'none');
  const isStatic = type === 'static' || type === 'static-pie';
  const verified = await run(
    ['node', gomusl, 'verify', '--format', 'json', output],
    machine.scratch,
    env,
    longestCheck,
  );
  return {
    ...said,
    outcome: isMusl && isStatic ? 'builds' : 'wrong',
    cause: null,
    product: { type, libc, libcVersion },
    verified: readResult(verified.stdout, machine)?.verdict ?? 'broken',
    ran: await start(output, row.kind === 'program', machine),
    seconds: took(),
  };
}

async function check(
  place: Workplace,
  toolchain: string,
  more: string[],
  env: Machine['env'],
  machine: Machine,
): Promise<Result | null> {
  const how = ['--toolchain', toolchain, '--fail-on', 'never', '--format', 'json'];
  const words = ['node', gomusl, 'check', ...how, ...more, place.target];
  return readResult((await run(words, place.folder, env, longestCheck)).stdout, machine);
}

/** Runs `gomusl lib add` in the words of a remedy. Null when the library is there, else the last line it said. */
async function addLibrary(command: string, env: Machine['env'], machine: Machine): Promise<string | null> {
  const [, ...words] = command.split(' ');
  const result = await run(['node', gomusl, ...words], machine.scratch, env, longestLibrary);
  if (result.code === 0) return null;
  const last = machine.anonymous(result.stderr).trim().split('\n').at(-1);
  return (last || `exit ${result.code}`).slice(0, 300);
}

function readResult(text: string, machine: Machine): Result | null {
  return text.trimStart().startsWith('{') ? (JSON.parse(machine.anonymous(text)) as Result) : null;
}

function tagWords(tags: string[]): string[] {
  return tags.length > 0 ? [`-tags=${tags.join(',')}`] : [];
}

/** A remedy as one line of text. */
export function remedyName(remedy: Remedy): string {
  const { kind, automatic, ...what } = remedy;
  return [kind, ...Object.values(what).flat()].join(' ');
}

/** Errors that no automatic remedy takes away; another toolchain is none, where one is asked for by its name. */
export function blockers(findings: Finding[]): string[] {
  const left = findings.filter(
    ({ severity, remedies }) =>
      severity === 'error' && !remedies.some(({ kind, automatic }) => automatic && kind !== 'toolchain'),
  );
  return [...new Set(left.map(({ ruleId, evidence }) => `${ruleId} ${evidence.name ?? ''}`.trim()))].slice(0, 8);
}

const crash = /SIGSEGV|SIGABRT|SIGILL|^fatal error: |^panic: |signal arrived during|terminate called|Error relocating/m;

/** Starts the product with arguments that only make it say what it is, in an empty folder. */
async function start(product: string, isProgram: boolean, machine: Machine): Promise<Ran> {
  const folder = join(machine.scratch, 'started-in');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const env = { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder, LC_ALL: 'C' };
  const tries = isProgram ? [['--version'], ['version'], ['--help']] : [[]];
  let ran: Ran | null = null;
  for (const words of tries) {
    const result = await run([product, ...words], folder, env, longestRun);
    const text = result.stdout + result.stderr;
    const died = result.signal !== null || (result.code ?? 0) > 128 || crash.test(text);
    const end = result.code === 124 ? 'runs on' : died ? 'died' : 'exit';
    const last = machine.anonymous(text.trim().split('\n').at(-1) ?? '').slice(0, 120);
    ran = { arguments: words, end, code: result.code, said: isProgram || result.code !== 0 ? last : '' };
    if (end === 'died' || result.code === 0) break;
  }
  return ran as Ran;
}
