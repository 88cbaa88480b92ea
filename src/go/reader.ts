import type { Node, Parser, Tree } from 'web-tree-sitter';
import type { DynamicImport, GoFacts, Linkname } from '../model/facts.ts';
import type { Place } from '../model/place.ts';
import { watchedCalls } from './calls.generated.ts';
import { openGoParser } from './grammar.ts';
import { type HeaderImport, readHeader } from './header.ts';
import { readPreamble } from './preamble.ts';
import { type SourceText, sourceText } from './source-text.ts';
import { formOf, qualifiedUses } from './uses.ts';

/** Larger Go files are not parsed; the largest in Go's own source has about 4 MiB. */
const largestFile = 32 * 1024 * 1024;
/** Milliseconds after which a parse is given up. */
const parseTime = 10_000;

/** Reads Go files. Synchronous; never throws for what stands in a file. */
export interface GoReader {
  /** `path` is relative to the module's root and becomes `file` of all places. */
  read(bytes: Uint8Array, path: string): GoFacts;
}

const dynamicImport = /(?<=^[ \t]*)\/\/go:cgo_import_dynamic[ \t]+(.*)$/gm;
const linkname = /(?<=^[ \t]*)\/\/go:linkname[ \t]+(.*)$/gm;

/** Words of a `//go:` line that stands in a comment of its own. */
function directiveLines(root: Node, source: SourceText, pattern: RegExp, path: string): DynamicImport[] {
  return [...source.text.matchAll(pattern)]
    .filter((match) => {
      const node = root.descendantForIndex(match.index, match.index + 1);
      return node?.type === 'comment' && node.startIndex === match.index;
    })
    .map((match) => ({
      words: (match[1] ?? '')
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word) => word.replace(/^"|"$/g, '')),
      place: { file: path, ...source.position(match.index) },
    }));
}

/** Local names of watched packages, as the file imports them. */
function localNames(imports: HeaderImport[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { path, name } of imports) {
    if (!Object.hasOwn(watchedCalls, path) || name === '_' || name === '.') continue;
    names.set(name ?? path.slice(path.lastIndexOf('/') + 1), path);
  }
  return names;
}

/** Line of the first error or missing token. */
function firstErrorLine(root: Node): number {
  let at = root;
  for (;;) {
    const next = at.children.find((child) => child !== null && (child.hasError || child.isMissing || child.isError));
    if (!next || next.isMissing) return (next ?? at).startPosition.row + 1;
    at = next;
  }
}

function readBody(root: Node, source: SourceText, path: string, imports: HeaderImport[], facts: GoFacts): void {
  const place = (offset: number): Place => ({ file: path, ...source.position(offset) });
  const locals = localNames(imports);
  const isCgo = imports.some((spec) => spec.path === 'C');
  const isWatched = (qualifier: string, name: string) =>
    watchedCalls[locals.get(qualifier) ?? '']?.includes(name) ?? false;
  const uses = qualifiedUses(root, source.text, (qualifier, name) =>
    qualifier === 'C' && isCgo ? true : isWatched(qualifier, name),
  );
  for (const { qualifier, name, offset, node } of uses) {
    if (qualifier === 'C' && isCgo) facts.cNames.push({ name, form: formOf(node), place: place(offset) });
    else facts.calls.push({ package: locals.get(qualifier) ?? '', name, place: place(offset) });
  }
  facts.dynamicImports = directiveLines(root, source, dynamicImport, path);
  facts.linknames = directiveLines(root, source, linkname, path).map(
    ({ words: [local = '', remote = ''], place: where }): Linkname => ({ local, remote, place: where }),
  );
}

function parse(parser: Parser, text: string): Tree | null {
  const end = performance.now() + parseTime;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
  if (tree === null) parser.reset();
  return tree;
}

function read(parser: Parser, bytes: Uint8Array, path: string): GoFacts {
  const header = readHeader(bytes);
  const facts: GoFacts = {
    path,
    imports: header.imports.map((spec) => ({
      path: spec.path,
      place: { file: path, line: spec.line, column: spec.column },
    })),
    constraint: header.constraint,
    preambles: [],
    directives: [],
    cNames: [],
    dynamicImports: [],
    linknames: [],
    calls: [],
    limits: [],
  };
  if (header.problem !== null) {
    facts.limits.push(`the Go file cannot be read from line ${header.problem.line} on: ${header.problem.message}`);
  }
  for (const { doc } of header.imports.filter((spec) => spec.path === 'C' && spec.doc.length > 0)) {
    const { preamble, directives, limits } = readPreamble(doc, path);
    facts.preambles.push(preamble);
    facts.directives.push(...directives);
    facts.limits.push(...limits);
  }
  if (bytes.length > largestFile) {
    facts.limits.push(`the Go file has ${bytes.length} bytes, and only those up to ${largestFile} are parsed`);
    return facts;
  }
  const source = sourceText(bytes);
  if (!source.valid) facts.limits.push('the Go file is not valid UTF-8');
  const tree = parse(parser, source.text);
  if (tree === null) {
    facts.limits.push(`parsing the Go file took more than ${parseTime / 1000} s`);
    return facts;
  }
  try {
    readBody(tree.rootNode, source, path, header.imports, facts);
    if (tree.rootNode.hasError && header.problem === null) {
      facts.limits.push(`the Go file has a syntax error at line ${firstErrorLine(tree.rootNode)}`);
    }
  } finally {
    tree.delete();
  }
  return facts;
}

/** Opens the reader of Go files; the parser behind it is started once. */
export async function openGoReader(): Promise<GoReader> {
  const parser = await openGoParser();
  return { read: (bytes, path) => read(parser, bytes, path) };
}
