// The C half of `npm run agree`: which headers the compilers enter for the C and C++ files and preambles of the modules
// in corpus/agree-c.yaml, and which our preprocessor enters. musl-gcc and zig are looked for in PATH.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type HeaderCache, openHeaderCache } from '../src/c/header-cache.ts';
import { normalized } from '../src/c/search.ts';
import { rootOf } from '../src/compile/owner.ts';
import { directivesFor, packageWords } from '../src/compile/package-flags.ts';
import { lookUpPackages } from '../src/compile/pkg-config.ts';
import { preambleSource } from '../src/compile/preamble-unit.ts';
import { type Translation, translate } from '../src/compile/translate.ts';
import { translationOf } from '../src/compile/translation.ts';
import { loadWithGo } from '../src/graph/go-loader.ts';
import { children } from '../src/io/children.ts';
import { disk } from '../src/io/disk.ts';
import { diskScratch } from '../src/io/scratch.ts';
import { memoryStore } from '../src/io/store.ts';
import { openLibc } from '../src/libc/open.ts';
import type { GraphPackage, PackageGraph } from '../src/model/package-graph.ts';
import type { Target, Toolchain } from '../src/model/target.ts';
import { scanPackages } from '../src/scan/scan-package.ts';
import { findToolchain } from '../src/toolchain/find.ts';
import { root } from './generated.ts';

export interface HeaderFigures {
  toolchain: string;
  /** Files and preambles that both preprocessed, and those with exactly the same headers. */
  units: number;
  equal: number;
  /** Headers that either entered, and those that only one did. */
  headers: number;
  differences: number;
  examples: string[];
}

/** What a unit enters: headers as absolute paths, and the first that is missing. */
interface Entered {
  headers: Set<string>;
  missing: string | null;
}

interface UnitInput {
  name: string;
  dir: string;
  language: 'c' | 'c++';
  text: string | null;
  translation: Translation;
}

function compilerEnters(command: string[], input: UnitInput): Promise<Entered> {
  const [file = '', ...rest] = command;
  const source = input.text === null ? input.name : '-';
  const args = [...rest, ...input.translation.words, '-w', '-E', '-H', '-x', input.language, source];
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: input.dir, stdio: ['pipe', 'ignore', 'pipe'] });
    const chunks: Buffer[] = [];
    child.on('error', reject);
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input.text ?? '');
    child.on('close', () => {
      const headers = new Set<string>();
      let missing: string | null = null;
      for (const line of Buffer.concat(chunks).toString('utf8').split('\n')) {
        const entered = /^\.+ (.*)$/.exec(line);
        if (entered && missing === null) {
          headers.add(normalized(entered[1]?.startsWith('/') ? entered[1] : `${input.dir}/${entered[1]}`));
        }
        missing ??= /fatal error: '?([^':]+)'?(: No such file| file not found)/.exec(line)?.[1] ?? null;
      }
      resolve({ headers, missing });
    });
  });
}

function weEnter(input: UnitInput, cache: HeaderCache): Entered {
  const path = `${input.dir}/${input.name}`;
  const bytes = input.text === null ? readFileSync(path) : new TextEncoder().encode(input.text);
  const { text } = translate(cache.parse(path, bytes, input.language === 'c++'), input.translation);
  const missing = text.includes.find((event) => event.found === 'nowhere' && !event.undecided);
  const entered = text.files.filter((one) => !one.stopped && one.file.path.startsWith('/') && one.file.path !== path);
  const headers = new Set(entered.map((one) => one.file.path));
  return { headers, missing: missing?.header ?? null };
}

function inputsOf(
  pkg: GraphPackage,
  graph: PackageGraph,
  facts: Awaited<ReturnType<typeof scanPackages>>,
  target: Target,
  cache: HeaderCache,
): UnitInput[] {
  const own = facts[pkg.importPath];
  if (own === undefined) return [];
  const words = packageWords(pkg, target, lookUpPackages(directivesFor(own, target), target, disk).cflags);
  const libc = openLibc(target.libc);
  const of = (language: 'c' | 'c++') => translationOf(language, pkg, rootOf(pkg, graph), words, target, libc, cache);
  const unit = (name: string, language: 'c' | 'c++', text: string | null): UnitInput => {
    return { name, dir: pkg.dir, language, text, translation: of(language) };
  };
  const cgo = own.go.filter((file) => file.preambles.length > 0);
  // What cgo writes is not there for the compiler here.
  const plain = (name: string) => !readFileSync(join(pkg.dir, name), 'utf8').includes('_cgo_export.h');
  const cxx = target.toolchain?.cxxEnvironment ? pkg.cxxFiles : [];
  return [
    ...cgo.map((file) => unit(file.path.split('/').pop() ?? '', 'c', preambleSource(file).text)),
    ...pkg.cFiles.filter(plain).map((name) => unit(name, 'c', null)),
    ...cxx.filter(plain).map((name) => unit(name, 'c++', null)),
  ];
}

async function agreeWith(toolchain: Toolchain, modules: string[], say: (text: string) => void): Promise<HeaderFigures> {
  const figures: HeaderFigures = { toolchain: '', units: 0, equal: 0, headers: 0, differences: 0, examples: [] };
  figures.toolchain = `${toolchain.name}, ${toolchain.compiler.family} ${toolchain.compiler.version ?? '?'}`;
  const environment = process.env;
  const modCache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
  const cache = openHeaderCache(disk);
  const target: Target = {
    goos: 'linux',
    goarch: 'amd64',
    goVersion: execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim(),
    tags: [],
    cgo: true,
    buildmode: 'exe',
    race: false,
    libc: toolchain.libc,
    toolchain,
    cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: [] },
    kernelHeadersDir: null,
    shims: [],
    gorootPatches: [],
    sysroot: null,
    pkgConfigPath: [],
  };
  for (const module of modules) {
    const escaped = module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
    const dir = join(modCache, escaped);
    if (!existsSync(dir)) {
      say(`${module} is not in the module cache: go mod download ${module}`);
      continue;
    }
    const load = {
      dir,
      patterns: ['./...'],
      goarch: 'amd64',
      tags: [],
      cgo: true,
      race: false,
      mod: null,
      modfile: null,
    };
    const graph = await loadWithGo(
      { ...load, offline: false, environment, timeout: 60_000 },
      children,
      disk,
      diskScratch(),
    );
    const packages = Object.values(graph.packages).filter((pkg) => pkg.cgoFiles.length > 0 && !pkg.standard);
    const facts = await scanPackages(graph, packages, '', disk);
    for (const input of packages.flatMap((pkg) => inputsOf(pkg, graph, facts, target, cache))) {
      const command = input.language === 'c' ? toolchain.cc : (toolchain.cxx ?? []);
      const theirs = await compilerEnters(command, input);
      const ours = weEnter(input, cache);
      const wrong = [
        ...[...theirs.headers].filter((header) => !ours.headers.has(header)).map((header) => `- ${header}`),
        ...[...ours.headers].filter((header) => !theirs.headers.has(header)).map((header) => `+ ${header}`),
        ...(theirs.missing === ours.missing ? [] : [`missing ${theirs.missing} against ${ours.missing}`]),
      ];
      figures.units++;
      figures.headers += new Set([...theirs.headers, ...ours.headers]).size;
      figures.differences += wrong.length;
      if (wrong.length === 0) figures.equal++;
      else if (figures.examples.length < 50) {
        const text = `${figures.toolchain}: ${input.dir}/${input.name}: ${wrong.slice(0, 4).join(', ')}`;
        figures.examples.push(text.replaceAll(modCache, '$GOMODCACHE'));
      }
    }
    say(`${figures.toolchain}: ${module}: ${figures.equal} of ${figures.units} units equal`);
  }
  return figures;
}

/** Figures for each of the two toolchains that is there. */
export async function agreeOnHeaders(say: (text: string) => void): Promise<HeaderFigures[]> {
  const { modules } = parse(readFileSync(join(root, 'corpus/agree-c.yaml'), 'utf8')) as { modules: string[] };
  const request = {
    goarch: 'amd64',
    environment: process.env,
    cacheFolder: null,
    store: memoryStore(),
    scratch: null,
    needsCxx: false,
  };
  const figures: HeaderFigures[] = [];
  for (const choice of ['musl-gcc', 'zig']) {
    const toolchain = await findToolchain(choice, request, children, disk).catch((error: Error) => {
      say(`${choice} is not there: ${error.message}`);
      return null;
    });
    if (toolchain !== null) figures.push(await agreeWith(toolchain, modules, say));
  }
  return figures;
}
