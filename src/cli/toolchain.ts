import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskTrees } from '../io/disk-trees.ts';
import { hostArchitecture } from '../io/host-architecture.ts';
import { type NewFile, newFile } from '../io/new-file.ts';
import { diskScratch } from '../io/scratch.ts';
import { userCacheFolder } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { escapeText } from '../report/escape.ts';
import { installBundle, packedKernelHeaders, packedToolchain, writeBundle } from '../toolchain/bundle.ts';
import { installedFolder } from '../toolchain/candidates.ts';
import { type Looked, surveyToolchains } from '../toolchain/find.ts';
import { downloadRow, installDownload } from '../toolchain/install.ts';
import { installMusl } from '../toolchain/install-musl.ts';
import { kernelHeadersFolder, multiarchName } from '../toolchain/kernel-headers.ts';
import type { ToolchainRequest } from '../toolchain/request.ts';
import { adviceLines, cacheLine, systemLine } from './doctor-machine.ts';
import { stdLines } from './doctor-std.ts';
import { oneOf, parseFlags } from './flags.ts';
import { diskInstallMeans } from './install-means.ts';
import { toolchainRequest } from './toolchain-request.ts';
import { version } from './version.ts';

const help = `Usage: gomusl toolchain list [--goarch ARCH] [--format text|json]
       gomusl toolchain install zig [--source FILE.whl]
       gomusl toolchain install musl [--version V] [--source FILE.tar.gz]
                                     [--goarch ARCH] [--prefix DIR]
       gomusl toolchain bundle FILE [NAME…]
       gomusl toolchain install FILE
       gomusl toolchain remove NAME
       gomusl toolchain doctor [--goarch ARCH]

list      the C toolchains for musl that are found, best first, and why others
          will not do
install   put one into the user's cache, without root: zig ${downloadRow('zig').version} from its Python
          wheel, or musl built with the host's gcc, from Debian's source package
          or a tarball; for another architecture with the distribution's
          cross gcc
bundle    pack what was installed into a file, for a machine without a network;
          install FILE unpacks it there
remove    one that was installed, by the name that list shows
doctor    all that a bug report needs; compiles and links a program with each
`;

type Environment = Record<string, string | undefined>;

const shapes = {
  goarch: 'value',
  format: 'value',
  source: 'value',
  version: 'value',
  prefix: 'value',
  help: 'boolean',
} as const;

/** `gomusl toolchain`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const flags = parseFlags('toolchain', words, shapes);
  const [verb, name, ...more] = flags.rest;
  if (flags.values.get('help') === 'true' || verb === undefined) {
    process.stdout.write(help);
    return verb === undefined && flags.values.get('help') !== 'true' ? exitCode.usage : exitCode.clean;
  }
  if (more.length > 0 && verb !== 'bundle')
    throw new Failure(exitCode.usage, 'there are too many words', more.join(' '), 'see --help');
  const goarch = flags.values.get('goarch') ?? process.env.GOARCH ?? hostArchitecture();
  const format = oneOf(flags, 'format', ['text', 'json'] as const, 'text');
  switch (verb) {
    case 'list':
      return list(goarch, format, process.env);
    case 'doctor':
      return doctor(goarch, process.env);
    case 'install':
      return install(name, flags.values, goarch, process.env);
    case 'bundle':
      return bundle(name, more, process.env);
    case 'remove':
      return remove(name, process.env);
    default:
      throw new Failure(exitCode.usage, 'toolchain has no such command', verb, 'see gomusl toolchain --help');
  }
}

function requestFor(goarch: string, environment: Environment, links: boolean): ToolchainRequest {
  return toolchainRequest(goarch, environment, { scratch: links ? diskScratch() : null });
}

function described({ candidate, toolchain, failure }: Looked): string[] {
  const where = `${candidate.cc.join(' ')} (${candidate.origin})`;
  if (!toolchain) return [`no ${candidate.name}: ${where}`, `    ${failure?.message ?? ''}`];
  const { libc, compiler, linker } = toolchain;
  const flavor = libc.flavor === 'upstream' ? '' : ` (${libc.flavor})`;
  const qualities = [
    `musl ${libc.version}${flavor}`,
    `${compiler.family} ${compiler.version ?? 'of unknown version'}`,
    linker.name,
    toolchain.cxx ? 'C++' : 'no C++',
    toolchain.kernelHeaders ? 'kernel headers' : 'no kernel headers',
  ];
  return [`${candidate.name}: ${where}`, `    ${qualities.join(', ')}`];
}

async function list(goarch: string, format: 'text' | 'json', environment: Environment): Promise<number> {
  const looked = await surveyToolchains('auto', requestFor(goarch, environment, false), children, disk);
  const found = looked.filter(({ toolchain }) => toolchain !== null);
  if (format === 'json') {
    const told = looked.map(({ candidate, toolchain, failure }) => ({
      ...candidate,
      libc: toolchain?.libc ?? null,
      compiler: toolchain?.compiler ?? null,
      linker: toolchain?.linker ?? null,
      cxx: toolchain?.cxx ?? null,
      kernelHeaders: toolchain?.kernelHeaders ?? null,
      refused: failure?.message ?? null,
    }));
    const tool = { name: 'gomusl', version };
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, kind: 'toolchains', tool, goarch, toolchains: told }, null, 2)}\n`,
    );
  } else {
    const lines = looked.flatMap(described).map(escapeText);
    if (found.length === 0) {
      lines.push(`no musl toolchain for linux/${goarch}; next: gomusl toolchain install zig`);
    }
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return found.length > 0 ? exitCode.clean : exitCode.findings;
}

async function doctor(goarch: string, environment: Environment): Promise<number> {
  const go = await children
    .run(['go', 'env', 'GOVERSION', 'GOROOT', 'GOFLAGS', 'GOTOOLCHAIN', 'CGO_ENABLED'], {
      cwd: '/',
      env: { ...environment, GOTOOLCHAIN: 'local' },
      timeout: 10_000,
    })
    .catch(() => null);
  const headers = kernelHeadersFolder({ goarch }, environment, disk);
  const [goVersion, goroot, goflags, , cgo] = go?.stdout.split('\n') ?? [];
  const lines = [
    `gomusl ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    systemLine(disk),
    go
      ? `Go: ${goVersion} in ${goroot}, GOFLAGS=${goflags}, CGO_ENABLED=${cgo}`
      : 'Go: none in PATH; install it from go.dev/dl',
    ...(go?.code === 0 ? stdLines(goroot ?? '', goflags ?? '', disk) : []),
    cacheLine(userCacheFolder(environment)),
    `kernel headers for linux/${goarch}: ${headers ?? 'none; install linux-libc-dev, or use zig'}`,
    ...['CC', 'CXX', 'CGO_CFLAGS', 'CGO_LDFLAGS', 'PKG_CONFIG_PATH'].flatMap((name) =>
      environment[name] ? [`${name}=${environment[name]}`] : [],
    ),
  ];
  const looked = await surveyToolchains('auto', requestFor(goarch, environment, true), children, disk);
  for (const one of looked) {
    lines.push(...described(one));
    if (one.failure) lines.push(`    ${one.failure.action}`);
    const inputs = one.toolchain?.driverInputs.filter((path) => path.endsWith('.a')) ?? [];
    if (inputs.length > 0) lines.push(`    links ${inputs.join(', ')}`);
  }
  lines.push(...adviceLines(goarch, looked, headers !== null));
  process.stdout.write(`${lines.map(escapeText).join('\n')}\n`);
  return go && looked.some(({ toolchain }) => toolchain) ? exitCode.clean : exitCode.findings;
}

function cacheOf(environment: Environment): string {
  const folder = userCacheFolder(environment);
  if (folder) return folder;
  throw new Failure(exitCode.unfinished, 'there is no place to install into', 'HOME', 'set HOME or XDG_CACHE_HOME');
}

async function install(
  name: string | undefined,
  values: Map<string, string>,
  goarch: string,
  environment: Environment,
): Promise<number> {
  const means = diskInstallMeans(cacheOf(environment));
  const path = (flag: string) => (values.has(flag) ? resolve(values.get(flag) ?? '') : null);
  if (name === 'zig') {
    process.stdout.write(`${await installDownload('zig', means, path('source'))}\n`);
  } else if (name === 'musl') {
    const cross = goarch === hostArchitecture() ? null : multiarchName(goarch);
    const request = { source: path('source'), version: values.get('version') ?? null, prefix: path('prefix') };
    const say = (text: string) => process.stderr.write(`gomusl: ${text}\n`);
    const build = { processes: children, environment, say };
    process.stdout.write(`${await installMusl({ ...request, goarch, cross }, means, build)}\n`);
  } else if (name !== undefined && disk.size(resolve(name)) !== null) {
    const places = await installBundle(resolve(name), means);
    process.stdout.write(`${places.join('\n')}\n`);
  } else {
    const action = 'name zig, musl, or a file that gomusl toolchain bundle made';
    throw new Failure(exitCode.usage, 'there is nothing of this name to install', name ?? '', action);
  }
  return exitCode.clean;
}

function bundle(file: string | undefined, named: string[], environment: Environment): number {
  const known = installedNames(environment);
  if (file === undefined) throw new Failure(exitCode.usage, 'no file is named', '', 'gomusl toolchain bundle FILE');
  const strange = named.find((one) => !known.includes(one));
  const names = named.length > 0 ? named : known;
  if (strange !== undefined || names.length === 0) throw notInstalled(strange ?? '', known);
  const path = resolve(file);
  const means = diskInstallMeans(cacheOf(environment));
  let half: NewFile | null = null;
  try {
    half = newFile(path);
    const headers = packedKernelHeaders(names, hostArchitecture(), disk);
    const packed = [...names.map((one) => packedToolchain(one, means)), ...headers];
    process.stderr.write(`gomusl: packing ${packed.map(({ name }) => name).join(', ')}\n`);
    writeBundle(packed, half, diskTrees, means);
    half.keep();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Failure || typeof code !== 'string') throw error;
    throw new Failure(exitCode.unfinished, `the file cannot be written (${code})`, path, 'name another place');
  } finally {
    half?.drop();
  }
  process.stdout.write(`${path}\n`);
  return exitCode.clean;
}

function installedNames(environment: Environment): string[] {
  return (disk.list(installedFolder(cacheOf(environment))) ?? []).filter((one) => !one.startsWith('.'));
}

function notInstalled(name: string, known: string[]): Failure {
  if (known.length === 0) {
    const what = 'gomusl has no toolchain installed';
    return new Failure(exitCode.usage, what, name, 'run gomusl toolchain install zig, or musl');
  }
  const action = `installed are ${known.join(', ')}`;
  return new Failure(exitCode.usage, 'no toolchain of this name is installed', name, action);
}

function remove(name: string | undefined, environment: Environment): number {
  const known = installedNames(environment);
  if (name === undefined || !known.includes(name)) throw notInstalled(name ?? '', known);
  rmSync(join(installedFolder(cacheOf(environment)), name), { recursive: true });
  process.stdout.write(`removed ${name}\n`);
  return exitCode.clean;
}
