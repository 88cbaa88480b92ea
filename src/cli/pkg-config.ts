import { comparePcVersions, type Requirement, readRequirements } from '../compile/pc-file.ts';
import { lookUpNames } from '../compile/pkg-config.ts';
import { disk } from '../io/disk.ts';

/** The version of pkg-config whose options are understood, for `--atleast-pkgconfig-version`. */
const likeVersion = '0.29.2';

/** What pkg-config prints: backslashes keep the characters that a shell, or cmd/go, would read. */
function printed(flags: string[]): string {
  return flags.map((flag) => flag.replace(/[^\w@%+=:,./~^-]/g, '\\$&')).join(' ');
}

function absence(name: string, isAbsent: boolean, need: Requirement): string {
  if (isAbsent) return `Package ${name} was not found among the C libraries for musl; see gomusl lib list`;
  return `Package ${name} is not ${need.operator} ${need.version}`;
}

/**
 * `gomusl pkg-config`: answers cmd/go and configure as pkg-config does, from the folders in PKG_CONFIG_PATH and
 * PKG_CONFIG_LIBDIR alone, so that no file of the host's glibc is ever taken. Returns the exit code.
 */
export async function run(words: string[]): Promise<number> {
  const { PKG_CONFIG_PATH: first = '', PKG_CONFIG_LIBDIR: rest = '', PKG_CONFIG_SYSROOT_DIR: sysroot } = process.env;
  const isOption = (word: string) => word.startsWith('-');
  const has = (...names: string[]) => words.some((word) => names.includes(word));
  const argumentOf = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  if (has('--version')) {
    process.stdout.write(`${likeVersion}\n`);
    return 0;
  }
  const minimum = words.indexOf('--atleast-pkgconfig-version');
  const wantedVersion = argumentOf('--atleast-pkgconfig-version') ?? (minimum < 0 ? undefined : words[minimum + 1]);
  if (wantedVersion !== undefined) return comparePcVersions(likeVersion, wantedVersion) >= 0 ? 0 : 1;
  const wanted = readRequirements(words.filter((word) => !isOption(word)).join(' '));
  const folders = `${first}:${rest}`.split(':').filter((folder) => folder !== '');
  const found = lookUpNames(wanted, { folders, sysroot: sysroot ?? null, isStatic: has('--static') }, disk);
  const errors = found.looked.flatMap(({ need, file, present, missing }) =>
    present ? missing.map((name) => absence(name, true, need)) : [absence(need.name, file === null, need)],
  );
  if (wanted.length === 0) errors.push('Must specify package names on the command line');
  if (errors.length > 0) {
    if (!has('--exists') || has('--print-errors', '--short-errors')) process.stderr.write(`${errors.join('\n')}\n`);
    return 1;
  }
  if (has('--modversion')) {
    process.stdout.write(found.looked.map(({ file }) => `${file?.version ?? ''}\n`).join(''));
    return 0;
  }
  const variable = argumentOf('--variable');
  if (variable !== undefined) {
    process.stdout.write(`${found.looked.map(({ file }) => file?.variables[variable] ?? '').join(' ')}\n`);
    return 0;
  }
  const flags = [
    ...(has('--cflags', '--cflags-only-I') ? found.cflags : []),
    ...(has('--libs', '--libs-only-l', '--libs-only-L') ? found.libs : []),
  ];
  if (!has('--exists')) process.stdout.write(`${printed(flags)}\n`);
  return 0;
}
