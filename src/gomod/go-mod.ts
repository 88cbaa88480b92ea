import { parseGoVersion } from './go-version.ts';
import { type ModStatement, modFailure, readModStatements } from './mod-syntax.ts';
import { isSemver } from './semver.ts';

/** A module at a version. */
export interface ModuleVersion {
  path: string;
  /** Semantic version with `v`. */
  version: string;
}

export interface Requirement extends ModuleVersion {
  indirect: boolean;
  line: number;
}

/** `replace OLD => NEW`. */
export interface Replacement {
  path: string;
  /** Empty: all versions. */
  version: string;
  /** A module path, or a folder when `newVersion` is empty (`./x`, `../x` or absolute). */
  newPath: string;
  newVersion: string;
  line: number;
}

/** What a go.mod says. */
export interface GoMod {
  module: string;
  /** The `go` line, such as `1.21`; null when there is none. */
  go: string | null;
  toolchain: string | null;
  require: Requirement[];
  replace: Replacement[];
  exclude: ModuleVersion[];
  /** `low` and `high` are the same for a single version. */
  retract: { low: string; high: string }[];
  tool: string[];
  /** Folders that patterns such as `./...` leave out (Go 1.25); relative with `./`, else at any depth. */
  ignore: string[];
}

/** Verbs of go.mod that change nothing about which files a program has. */
const otherVerbs = new Set(['godebug']);

/** Versions in a dependency's go.mod can also be branches or commits, which only the go command can resolve. */
function version(text: string | undefined, file: string, line: number): string {
  if (text === undefined || !isSemver(text)) {
    throw modFailure(file, line, 'a version such as v1.2.3 is expected', 'run: go mod tidy');
  }
  return text;
}

function goLine(statement: ModStatement, file: string): string {
  const [text = ''] = statement.words;
  if (statement.words.length !== 1 || parseGoVersion(text) === null || !/^\d/.test(text)) {
    throw modFailure(file, statement.line, 'the go line needs one version, such as 1.21');
  }
  return text;
}

/** Reads `OLD [VERSION] => NEW [VERSION]`. */
export function readReplacement(statement: ModStatement, file: string): Replacement {
  const { words, line } = statement;
  const arrow = words.indexOf('=>');
  const before = words.slice(0, Math.max(arrow, 0));
  const after = words.slice(arrow + 1);
  const [path, oldVersion] = before;
  const [newPath, newVersion] = after;
  if (path === undefined || newPath === undefined || before.length > 2 || after.length > 2) {
    throw modFailure(file, line, 'replace needs OLD [VERSION] => NEW [VERSION]');
  }
  const isFolder = /^(?:\.{1,2}(?:\/|$)|\/)/.test(newPath);
  if (!isFolder && newVersion === undefined) {
    throw modFailure(file, line, 'a replacement without a version must be a folder', 'begin it with ./ or ../');
  }
  return {
    path,
    version: oldVersion === undefined ? '' : version(oldVersion, file, line),
    newPath,
    newVersion: newVersion === undefined ? '' : version(newVersion, file, line),
    line,
  };
}

function readRetract({ words, line }: ModStatement, file: string): { low: string; high: string } {
  if (words.length === 1) return { low: version(words[0], file, line), high: version(words[0], file, line) };
  if (words.length !== 5 || words[0] !== '[' || words[2] !== ',' || words[4] !== ']') {
    throw modFailure(file, line, 'retract needs VERSION or [VERSION, VERSION]');
  }
  return { low: version(words[1], file, line), high: version(words[3], file, line) };
}

/** Applies one statement; false when the verb is unknown. */
function apply(mod: GoMod, statement: ModStatement, file: string): boolean {
  const { verb, words, line, comment } = statement;
  const [first = ''] = words;
  switch (verb) {
    case 'module':
      if (words.length !== 1) throw modFailure(file, line, 'module needs one path');
      if (mod.module !== '') throw modFailure(file, line, 'there is a second module line');
      mod.module = first;
      return true;
    case 'go':
      mod.go = goLine(statement, file);
      return true;
    case 'toolchain':
      mod.toolchain = first;
      return true;
    case 'require':
      if (words.length !== 2) throw modFailure(file, line, 'require needs a path and a version');
      mod.require.push({
        path: first,
        version: version(words[1], file, line),
        indirect: /^indirect(?:;|$)/.test(comment),
        line,
      });
      return true;
    case 'exclude':
      if (words.length !== 2) throw modFailure(file, line, 'exclude needs a path and a version');
      mod.exclude.push({ path: first, version: version(words[1], file, line) });
      return true;
    case 'replace':
      mod.replace.push(readReplacement(statement, file));
      return true;
    case 'retract':
      mod.retract.push(readRetract(statement, file));
      return true;
    case 'tool':
      mod.tool.push(first);
      return true;
    case 'ignore':
      mod.ignore.push(first);
      return true;
    default:
      return otherVerbs.has(verb);
  }
}

/**
 * Parses a go.mod. Throws a Failure with FILE:LINE for what Go would refuse. `lax`, for a dependency's file: what is not
 * module, go or require is passed over, as Go does it, so that a newer Go's lines do no harm.
 */
export function parseGoMod(text: string, file: string, lax = false): GoMod {
  const mod: GoMod = {
    module: '',
    go: null,
    toolchain: null,
    require: [],
    replace: [],
    exclude: [],
    retract: [],
    tool: [],
    ignore: [],
  };
  for (const statement of readModStatements(text, file)) {
    if (lax && !['module', 'go', 'require'].includes(statement.verb)) continue;
    if (!apply(mod, statement, file)) {
      throw modFailure(file, statement.line, `${statement.verb} is no word of go.mod`);
    }
  }
  if (mod.module === '' && !lax) throw modFailure(file, 1, 'there is no module line', 'add: module PATH');
  return mod;
}
