import { readTable } from '../io/data.ts';

/** What decides which flags of `#cgo` lines cmd/go takes. */
export interface FlagFilter {
  /** Minor version and patch of Go 1; null when not known, and then the newest. */
  version: { minor: number; patch: number } | null;
  /** The variables `CGO_CFLAGS_ALLOW`, `CGO_LDFLAGS_DISALLOW` and the like, by name. */
  environment: Readonly<Record<string, string>>;
}

interface Lists {
  invalid: RegExp[];
  valid: RegExp[];
  withNext: Set<string>;
}

let source: Record<string, string> | undefined;
const made = new Map<string, Lists>();

/** Entries of one list of data/go-flag-filter.yaml that a version has. */
function entries(list: string, version: FlagFilter['version']): string[] {
  source ??= readTable('go-flag-filter.yaml') as Record<string, string>;
  return (source[list] ?? '').split('\n').flatMap((line) => {
    const match = /^(\S+) (\S+) (.+)$/.exec(line);
    if (match === null) return [];
    const [, since = '-', lacks = '-', entry = ''] = match;
    return (since === '-' || reaches(version, since)) && (lacks === '-' || !reaches(version, lacks)) ? [entry] : [];
  });
}

/** Whether a version is `MINOR.PATCH` or later. */
function reaches(version: FlagFilter['version'], text: string): boolean {
  if (version === null) return true;
  const [minor = 0, patch = 0] = text.split('.').map(Number);
  return version.minor > minor || (version.minor === minor && version.patch >= patch);
}

function listsFor(linker: boolean, version: FlagFilter['version']): Lists {
  const key = `${linker} ${version?.minor}.${version?.patch}`;
  let lists = made.get(key);
  if (lists === undefined) {
    const kind = linker ? 'Linker' : 'Compiler';
    lists = {
      invalid: linker ? entries('invalidLinkerFlags', version).map((entry) => new RegExp(entry)) : [],
      valid: entries(`valid${kind}Flags`, version).map((entry) => new RegExp(entry)),
      withNext: new Set(entries(`valid${kind}FlagsWithNextArg`, version)),
    };
    made.set(key, lists);
  }
  return lists;
}

/** As cmd/go has it: the leftmost match must be the whole flag. */
function whole(expression: RegExp | null, flag: string): boolean {
  return expression?.exec(flag)?.[0] === flag;
}

function fromEnvironment(name: string, filter: FlagFilter): RegExp | null {
  const text = filter.environment[name];
  if (text === undefined || text === '') return null;
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}

/** Words that may follow a flag as its argument (cmd/go/internal/load, SafeArg). */
function safe(word: string | undefined): boolean {
  return word !== undefined && /^[0-9A-Za-z._/\u0080-\u{10ffff}]/u.test(word);
}

/** Indexes of the flags that cmd/go refuses (checkFlags of cmd/go/internal/work/security.go); it stops at the first. */
export function refusedFlags(flags: readonly string[], variable: string, filter: FlagFilter): Set<number> {
  const lists = listsFor(variable === 'LDFLAGS', filter.version);
  const allow = fromEnvironment(`CGO_${variable}_ALLOW`, filter);
  const disallow = fromEnvironment(`CGO_${variable}_DISALLOW`, filter);
  const refused = new Set<number>();
  const taken = (flag: string) =>
    !lists.invalid.some((expression) => whole(expression, flag)) && lists.valid.some((one) => whole(one, flag));
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at] as string;
    const next = flags[at + 1];
    if (whole(disallow, flag)) refused.add(at);
    else if (whole(allow, flag) || taken(flag)) continue;
    else if (flag.startsWith('-Wl,--push-state,')) {
      if (
        !flag
          .split(',')
          .slice(1)
          .every((part) => taken(`-Wl,${part}`))
      )
        refused.add(at);
    } else if (lists.withNext.has(flag) && takesNext(flag, next)) at++;
    else refused.add(at);
  }
  return refused;
}

function takesNext(flag: string, next: string | undefined): boolean {
  if (safe(next)) return true;
  if (next === undefined) return false;
  if (flag.startsWith('-Wl,') && next.startsWith('-Wl,')) return safe(next.slice(4)) && !next.slice(4).includes(',');
  return flag === '-I' && /^(=|\$SYSROOT)/.test(next) && safe(next.slice(1));
}
