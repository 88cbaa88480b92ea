import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, createReadStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { hostArchitecture } from '../io/host-architecture.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Toolchain } from '../model/target.ts';
import { addLibraries } from '../recipe/add.ts';
import type { LibraryMeans } from '../recipe/library-means.ts';
import { licenceDuty } from '../recipe/licence-duty.ts';
import { builtinRecipes, withNeeds } from '../recipe/load.ts';
import { standingLibraries } from '../recipe/standing.ts';
import { findToolchain } from '../toolchain/find.ts';
import { kernelHeadersFolder } from '../toolchain/kernel-headers.ts';
import { type ParsedFlags, parseFlags } from './flags.ts';
import { diskInstallMeans } from './install-means.ts';
import { libraryList } from './lib-list.ts';
import { pkgConfigScript } from './pkg-config-script.ts';
import { toolchainRequest } from './toolchain-request.ts';

const help = `Usage: gomusl lib add NAME… [--toolchain NAME] [--goarch ARCH] [--source FILE]
       gomusl lib list [--toolchain NAME] [--goarch ARCH]
       gomusl lib remove NAME…

add       builds C libraries for musl, with what they need, and proves each by a
          program that is linked and run; gomusl check and build then find them.
          Sources are Debian's, with pinned checksums; --source gives the file
list      what can be built, what is, its size and its licence
remove    takes libraries away, for every toolchain
`;

type Environment = Record<string, string | undefined>;

const shapes = { toolchain: 'value', goarch: 'value', source: 'value', help: 'boolean' } as const;

/** `gomusl lib`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const flags = parseFlags('lib', words, shapes);
  const [verb, ...names] = flags.rest;
  if (flags.values.get('help') === 'true' || verb === undefined) {
    process.stdout.write(help);
    return flags.values.get('help') === 'true' ? exitCode.clean : exitCode.usage;
  }
  if (verb === 'list') return list(flags, process.env);
  if (verb !== 'add' && verb !== 'remove') {
    throw new Failure(exitCode.usage, 'lib has no such command', verb, 'see gomusl lib --help');
  }
  if (names.length === 0)
    throw new Failure(exitCode.usage, 'no library is named', `lib ${verb}`, 'see gomusl lib list');
  return verb === 'add' ? add(names, flags, process.env) : remove(names, process.env);
}

function cacheOf(environment: Environment): string {
  const folder = userCacheFolder(environment);
  if (folder) return folder;
  throw new Failure(exitCode.unfinished, 'there is no place for libraries', 'HOME', 'set HOME or XDG_CACHE_HOME');
}

function goarchOf(flags: ParsedFlags, environment: Environment): string {
  return flags.values.get('goarch') ?? environment.GOARCH ?? hostArchitecture();
}

async function toolchainOf(flags: ParsedFlags, needsCxx: boolean, environment: Environment): Promise<Toolchain> {
  const goarch = goarchOf(flags, environment);
  const request = toolchainRequest(goarch, environment, { needsCxx });
  const toolchain = await findToolchain(flags.values.get('toolchain') ?? 'auto', request, children, disk);
  if (toolchain) return toolchain;
  const action = 'install musl-tools, or run gomusl toolchain install zig';
  throw new Failure(exitCode.unfinished, 'no musl toolchain was found', `linux/${goarch}`, action);
}

/** Means on the real disk. */
export function diskLibraryMeans(toolchain: Toolchain, goarch: string, environment: Environment): LibraryMeans {
  const cacheFolder = cacheOf(environment);
  const store = diskStore(cacheFolder);
  return {
    ...diskInstallMeans(cacheFolder),
    processes: children,
    store,
    environment,
    toolchain,
    goarch,
    host: hostArchitecture(),
    kernelHeaders: kernelHeadersFolder({ goarch }, environment, disk),
    pkgConfig: pkgConfigScript(store),
    async sha256(path) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path), hash);
      return hash.digest('hex');
    },
    copy(from, to) {
      mkdirSync(dirname(to), { recursive: true });
      cpSync(from, to, { recursive: true, dereference: true });
    },
    append: appendFileSync,
    say: (text) => process.stderr.write(`gomusl: ${text}\n`),
  };
}

async function add(names: string[], flags: ParsedFlags, environment: Environment): Promise<number> {
  const source = flags.values.get('source');
  if (source !== undefined && names.length > 1) {
    throw new Failure(exitCode.usage, '--source is for one library', names.join(' '), 'name one at a time');
  }
  const recipes = builtinRecipes(disk);
  const needsCxx = withNeeds(names, recipes).some(({ cxx }) => cxx);
  const toolchain = await toolchainOf(flags, needsCxx, environment);
  const means = diskLibraryMeans(toolchain, goarchOf(flags, environment), environment);
  const added = await addLibraries(names, recipes, source === undefined ? null : resolve(source), means);
  for (const { recipe, folder, proof } of added) {
    const duty = licenceDuty(recipe.licence);
    const licence = `  licence: ${recipe.licence}${duty === null ? '' : `; linked statically, ${duty.says}`}\n`;
    const limit = recipe.limit === null ? '' : `  note: ${recipe.limit}\n`;
    const how = proof ?? 'it was there';
    process.stdout.write(`${recipe.name} ${recipe.version}: ${how}\n  ${folder}\n${licence}${limit}`);
  }
  return exitCode.clean;
}

async function list(flags: ParsedFlags, environment: Environment): Promise<number> {
  const toolchain = await toolchainOf(flags, false, environment);
  const goarch = goarchOf(flags, environment);
  const kernelHeaders = kernelHeadersFolder({ goarch }, environment, disk);
  process.stdout.write(libraryList({ toolchain, goarch, kernelHeaders }, userCacheFolder(environment)));
  return exitCode.clean;
}

function remove(names: string[], environment: Environment): number {
  const there = standingLibraries(cacheOf(environment), disk);
  for (const name of names) {
    const own = there.filter((one) => one.name === name);
    if (own.length === 0) {
      throw new Failure(exitCode.usage, 'this library was not built', name, 'see gomusl lib list');
    }
    // Out of sight first: half a library must not be taken for one.
    for (const { folder } of own) {
      const gone = mkdtempSync(join(dirname(folder), '.removed-'));
      renameSync(folder, join(gone, name));
      rmSync(gone, { recursive: true });
    }
    process.stdout.write(`removed ${name}\n`);
  }
  return exitCode.clean;
}
