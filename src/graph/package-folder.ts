import { resolve } from 'node:path';
import { isCgoLine, parseCgoLine } from '../go/cgo-line.ts';
import { evaluateConstraint, fileNameMatches, matchesCgoConstraint, parseConstraint } from '../go/constraint.ts';
import { type GoHeader, type HeaderImport, readHeader, readOtherConstraint } from '../go/header.ts';
import type { Files } from '../io/files.ts';
import type { ListedPackage } from './go-list.ts';

/** What decides which files of a folder are built. `tags` as `buildTags` gives them. */
export interface BuildContext {
  goos: string;
  goarch: string;
  cgo: boolean;
  tags: ReadonlySet<string>;
}

/** Lists of a package, as `go list` names them. */
type Lists = Omit<ListedPackage, 'ImportPath' | 'Module' | 'Error' | 'Standard' | 'DepOnly' | 'Dir' | 'Name'>;
type ListName = keyof Lists;

/** A folder's files, chosen for a context as go/build's Import does it. */
export interface PackageFolder {
  /** Name in the package clause; empty when no Go file is left. */
  name: string;
  lists: Lists;
  /** Where each path is imported first, as `FILE:LINE:COLUMN`. */
  importedAt: Map<string, string>;
  /** What Go would refuse; `position` may be empty. */
  problem: { message: string; position: string } | null;
}

/** go/build: fileListForExt. `.S` and `.sx` count only beside cgo files. */
const listOfExtension: Record<string, ListName> = {
  '.c': 'CFiles',
  '.cc': 'CXXFiles',
  '.cpp': 'CXXFiles',
  '.cxx': 'CXXFiles',
  '.m': 'MFiles',
  '.h': 'HFiles',
  '.hh': 'HFiles',
  '.hpp': 'HFiles',
  '.hxx': 'HFiles',
  '.f': 'FFiles',
  '.F': 'FFiles',
  '.for': 'FFiles',
  '.f90': 'FFiles',
  '.s': 'SFiles',
  '.S': 'SFiles',
  '.sx': 'SFiles',
  '.swig': 'SwigFiles',
  '.swigcxx': 'SwigCXXFiles',
  '.syso': 'SysoFiles',
};

/** Lists that cmd/go empties when cgo is off: (*Package).load. */
const onlyWithCgo: ListName[] = ['CFiles', 'CXXFiles', 'MFiles', 'SwigFiles', 'SwigCXXFiles'];

/** Constraints and imports stand in the first lines; a file in which they go on behind this is read whole. */
const topOfFile = Buffer.allocUnsafeSlow(32 * 1024);

class FolderReader {
  readonly #dir: string;
  readonly #context: BuildContext;
  readonly #files: Files;
  readonly #lists: Lists = {};
  readonly #importedAt = new Map<string, string>();
  #name = '';
  #problem: PackageFolder['problem'] = null;

  constructor(dir: string, context: BuildContext, files: Files) {
    this.#dir = dir;
    this.#context = context;
    this.#files = files;
  }

  read(names: string[]): PackageFolder {
    for (const name of names) {
      if (name.startsWith('_') || name.startsWith('.')) continue;
      const dot = name.lastIndexOf('.');
      const extension = dot < 0 ? '' : name.slice(dot);
      if (extension === '.go') this.#readGo(name);
      else if (Object.hasOwn(listOfExtension, extension)) this.#readOther(name, extension);
    }
    const { CgoFiles, SFiles } = this.#lists;
    if (CgoFiles === undefined && SFiles !== undefined) {
      this.#lists.SFiles = SFiles.filter((name) => name.endsWith('.s'));
    }
    if (!this.#context.cgo) for (const list of onlyWithCgo) delete this.#lists[list];
    this.#lists.Imports = [...this.#importedAt.keys()].sort();
    return { name: this.#name, lists: this.#lists, importedAt: this.#importedAt, problem: this.#problem };
  }

  #add(list: ListName, ...names: string[]): void {
    this.#lists[list] = [...(this.#lists[list] ?? []), ...names];
  }

  #refuse(message: string, position: string): void {
    this.#problem ??= { message, position };
  }

  #holds(constraint: string | null): boolean {
    const parsed = constraint === null ? null : parseConstraint(constraint);
    return parsed === null || evaluateConstraint(parsed, this.#context.tags);
  }

  #readOther(name: string, extension: string): void {
    const path = `${this.#dir}/${name}`;
    const { goos, goarch } = this.#context;
    if (!fileNameMatches(name, goos, goarch) || this.#files.size(path) === null) return;
    if (extension !== '.syso') {
      const length = this.#files.readInto(path, topOfFile) ?? 0;
      const whole = length < topOfFile.length ? topOfFile.subarray(0, length) : this.#files.read(path);
      const { text, problem } = readOtherConstraint(whole ?? topOfFile);
      if (problem !== null || !this.#holds(text)) return;
    }
    this.#add(listOfExtension[extension] ?? 'HFiles', name);
  }

  #readGo(name: string): void {
    const path = `${this.#dir}/${name}`;
    if (this.#files.isDirectory(path)) return;
    const matches = fileNameMatches(name, this.#context.goos, this.#context.goarch);
    const header = matches ? this.#readHeader(path) : null;
    const isBuilt = header !== null && this.#holds(header.constraint) && header.packageName !== 'documentation';
    this.#add(isBuilt ? this.#takeGo(name, path, header) : 'IgnoredGoFiles', name);
  }

  #readHeader(path: string): GoHeader | null {
    const length = this.#files.readInto(path, topOfFile);
    if (length === null) {
      this.#refuse('the file cannot be read', path);
      return null;
    }
    const header = readHeader(topOfFile.subarray(0, length));
    if (length < topOfFile.length || !header.open) return header;
    const whole = this.#files.read(path);
    return whole === null ? header : readHeader(whole);
  }

  /** Takes in what a Go file that constraints admit says, and names its list. */
  #takeGo(name: string, path: string, header: GoHeader): ListName {
    if (header.problem !== null) this.#refuse(header.problem.message, `${path}:${header.problem.line}`);
    const isTest = name.endsWith('_test.go');
    this.#checkName(name, header, isTest);
    if (isTest) return header.packageName.endsWith('_test') ? 'XTestGoFiles' : 'TestGoFiles';
    const cgo = header.imports.filter((spec) => spec.path === 'C');
    for (const spec of cgo) this.#readDirectives(spec, path);
    if (cgo.length > 0 && !this.#context.cgo) return 'IgnoredGoFiles';
    for (const spec of header.imports) {
      if (!this.#importedAt.has(spec.path)) this.#importedAt.set(spec.path, `${path}:${spec.line}:${spec.column}`);
    }
    return cgo.length > 0 ? 'CgoFiles' : 'GoFiles';
  }

  #checkName(name: string, header: GoHeader, isTest: boolean): void {
    const own = isTest ? header.packageName.replace(/_test$/, '') : header.packageName;
    if (this.#name === '') this.#name = own;
    else if (own !== '' && own !== this.#name) {
      this.#refuse(`found packages ${this.#name} and ${own} (${name}) in ${this.#dir}`, '');
    }
  }

  /** `#cgo` lines that hold: go/build's saveCgo, expandSrcDir and makePathsAbsolute. */
  #readDirectives(spec: HeaderImport, path: string): void {
    for (const comment of spec.doc) {
      const text = comment.text.startsWith('//') ? comment.text.slice(2) : comment.text.slice(2, -2);
      for (const [below, line] of text.split('\n').entries()) {
        if (!isCgoLine(line)) continue;
        const parsed = parseCgoLine(line);
        if ('problem' in parsed) {
          this.#refuse(`invalid #cgo line: ${parsed.problem}`, `${path}:${comment.line + below}`);
          continue;
        }
        const { variable, constraint, words } = parsed;
        if (variable === 'noescape' || variable === 'nocallback' || variable === 'FFLAGS') continue;
        if (!matchesCgoConstraint(constraint, this.#context.tags)) continue;
        const expanded = words.map((word) => word.split(/\$\{SRCDIR\}/).join(this.#dir));
        if (variable === 'pkg-config') this.#add('CgoPkgConfig', ...expanded);
        else this.#add(`Cgo${variable}`, ...absoluteFolders(expanded, this.#dir));
      }
    }
  }
}

/** Makes the folders of `-I` and `-L` absolute. */
function absoluteFolders(words: string[], dir: string): string[] {
  let isFolder = false;
  return words.map((word) => {
    if (isFolder) {
      isFolder = false;
      return resolve(dir, word);
    }
    const flag = /^-[IL]/.exec(word)?.[0];
    if (flag === undefined) return word;
    isFolder = word === flag;
    if (isFolder || word.startsWith('/', flag.length)) return word;
    return flag + resolve(dir, word.slice(flag.length));
  });
}

/** Reads a folder as a package; null when there is no such folder. */
export function readPackageFolder(dir: string, context: BuildContext, files: Files): PackageFolder | null {
  const names = files.list(dir);
  return names === null ? null : new FolderReader(dir, context, files).read(names);
}
