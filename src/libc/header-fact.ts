import type { Build } from './build.ts';
import { table } from './columns.ts';
import type { HeaderFact } from './libc.ts';
import { compareVersions, inRange } from './libc-ref.ts';

const owners: Record<string, HeaderFact['owner']> = { l: 'libc', k: 'kernel', c: 'compiler' };

/** First release whose Debian package carries the patches of data/libc/musl_debian.json; 1.2.2 is as upstream. */
const patchedSince = '1.2.3';

/** Whether a build carries Debian's changes. */
export function carriesDebianPatches({ ref }: Build): boolean {
  return ref.flavor === 'debian' && compareVersions(ref.version, patchedSince) >= 0;
}

/** Where a header belongs; undefined when it is of no libc, no kernel and no compiler. */
export function headerFact(header: string, build: Build): HeaderFact | undefined {
  const fact = table('headers').get(header)[0];
  if (fact === undefined) return undefined;
  const [owner = '', glibc = '', since = '', removed = '', debian = ''] = fact.split(';');
  const upstream = inRange(build.ref.version, since, removed);
  const patched = debian !== '' && carriesDebianPatches(build);
  return {
    header,
    owner: owners[owner] ?? 'libc',
    glibc: glibc === '1',
    musl: patched ? debian === '+' : upstream,
    muslSince: since === '' ? null : since,
  };
}
