import { escapeModule } from '../gomod/escape.ts';
import { type GoMod, type ModuleVersion, parseGoMod, type Replacement } from '../gomod/go-mod.ts';
import { compareSemver } from '../gomod/semver.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** A main module: its go.mod and its root folder. */
export interface MainModule {
  mod: GoMod;
  dir: string;
}

/** A module that the build list chose, and where its files are. */
export interface ChosenModule extends ModuleVersion {
  dir: string;
  /** Absolute path of the go.mod that says its requirements. */
  goModFile: string;
}

/** Since this Go version a go.mod names every module that a build needs, so that no other go.mod has to be read. */
const completeSince = 17;

function minorOf(mod: GoMod): number {
  return Number(/^1\.(\d+)/.exec(mod.go ?? '')?.[1] ?? 0);
}

/** Chooses versions as the go command does: https://go.dev/ref/mod#minimal-version-selection */
export class BuildList {
  readonly #mains: MainModule[];
  readonly #replace: { by: Replacement; dir: string }[];
  readonly #modCache: string | null;
  readonly #files: Files;
  readonly #selected = new Map<string, string>();

  constructor(
    mains: MainModule[],
    workspace: { replace: Replacement[]; dir: string } | null,
    modCache: string | null,
    files: Files,
  ) {
    this.#mains = mains;
    this.#modCache = modCache;
    this.#files = files;
    const own = mains.flatMap(({ mod, dir }) => mod.replace.map((by) => ({ by, dir })));
    this.#replace = [...(workspace?.replace.map((by) => ({ by, dir: workspace.dir })) ?? []), ...own];
    this.#select();
  }

  /** The chosen modules, the longest path first. */
  modules(): ChosenModule[] {
    return [...this.#selected]
      .map(([path, version]) => this.#locate({ path, version }))
      .sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1));
  }

  #select(): void {
    const mains = new Set(this.#mains.map(({ mod }) => mod.module));
    const excluded = new Set(this.#mains.flatMap(({ mod }) => mod.exclude.map((one) => `${one.path}@${one.version}`)));
    const complete = this.#mains.every(({ mod }) => minorOf(mod) >= completeSince);
    const seen = new Set<string>();
    const queue: ModuleVersion[] = this.#mains.flatMap(({ mod }) => mod.require);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { path, version } = next;
      const key = `${path}@${version}`;
      if (mains.has(path) || excluded.has(key) || seen.has(key)) continue;
      seen.add(key);
      const selected = this.#selected.get(path);
      if (selected === undefined || compareSemver(version, selected) > 0) this.#selected.set(path, version);
      if (!complete) queue.push(...this.#requirementsOf(next));
    }
    if (this.#mains.length === 1) this.#checkRequirements();
  }

  /** Go refuses a go.mod that asks for less than what is chosen, unless it may change it. */
  #checkRequirements(): void {
    for (const { mod, dir } of this.#mains) {
      const stale = mod.require.find(({ path, version }) => compareSemver(version, this.#selected.get(path) ?? '') < 0);
      if (stale === undefined) continue;
      throw new Failure(
        exitCode.unfinished,
        `go.mod has to be updated: ${stale.path} ${this.#selected.get(stale.path)} is needed`,
        `${dir}/go.mod:${stale.line}`,
        'run: go mod tidy',
      );
    }
  }

  #requirementsOf(module: ModuleVersion): ModuleVersion[] {
    const { goModFile } = this.#locate(module);
    const bytes = this.#files.read(goModFile);
    if (bytes === null) {
      throw new Failure(
        exitCode.unfinished,
        'the go.mod of a module is not in the module cache',
        `${module.path} ${module.version}`,
        'run: go mod download',
      );
    }
    return parseGoMod(new TextDecoder().decode(bytes), goModFile, true).require;
  }

  /** Where a module's files are, after replacements. */
  #locate({ path, version }: ModuleVersion): ChosenModule {
    const applies = ({ by }: { by: Replacement }) => by.path === path && (by.version === '' || by.version === version);
    const exact = this.#replace.find((one) => applies(one) && one.by.version !== '');
    const replaced = exact ?? this.#replace.find(applies);
    if (replaced !== undefined && replaced.by.newVersion === '') {
      const { newPath } = replaced.by;
      const dir = newPath.startsWith('/') ? newPath : joined(replaced.dir, newPath);
      return { path, version, dir, goModFile: `${dir}/go.mod` };
    }
    const from = replaced === undefined ? path : replaced.by.newPath;
    const at = replaced === undefined ? version : replaced.by.newVersion;
    const cache = this.#modCache ?? '';
    return {
      path,
      version,
      dir: `${cache}/${escapeModule(from)}@${escapeModule(at)}`,
      goModFile: `${cache}/cache/download/${escapeModule(from)}/@v/${escapeModule(at)}.mod`,
    };
  }
}

/** Joins a folder and a relative path, without `.` and `..` in the result. */
export function joined(dir: string, relative: string): string {
  const parts = dir.split('/').filter((part) => part !== '');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
