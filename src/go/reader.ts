import type { Node, Parser, Tree } from 'web-tree-sitter';
import type { GoFacts } from '../model/facts.ts';
import { readBody } from './body.ts';
import { cNameUses } from './c-names.ts';
import { openGoParser } from './grammar.ts';
import { type GoHeader, type HeaderImport, readHeader } from './header.ts';
import { readPreamble } from './preamble.ts';
import { sourceText } from './source-text.ts';

/** Larger Go files are not parsed; the largest in Go's own source has about 4 MiB. */
const largestFile = 32 * 1024 * 1024;
/** Milliseconds after which a parse is given up. */
const parseTime = 10_000;

/** Reads Go files. Synchronous; never throws for what stands in a file. */
export interface GoReader {
  /** `path` is relative to the module's root and becomes `file` of all places. */
  read(bytes: Uint8Array, path: string): GoFacts;
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

function parse(parser: Parser, text: string): Tree | null {
  const end = performance.now() + parseTime;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
  if (tree === null) parser.reset();
  return tree;
}

/** Adds what only the tree of a file with `import "C"` tells: uses of C names, and whether it is Go at all. */
function readTree(parser: Parser, bytes: Uint8Array, facts: GoFacts): void {
  if (bytes.length > largestFile) {
    facts.limits.push(`the Go file has ${bytes.length} bytes, and only those up to ${largestFile} are parsed`);
    return;
  }
  const source = sourceText(bytes);
  if (!source.valid) facts.limits.push('the Go file is not valid UTF-8');
  const tree = parse(parser, source.text);
  if (tree === null) {
    facts.limits.push(`parsing the Go file took more than ${parseTime / 1000} s`);
    return;
  }
  try {
    facts.cNames = cNameUses(tree.rootNode, source, facts.path);
    if (tree.rootNode.hasError && facts.limits.length === 0) {
      facts.limits.push(`the Go file has a syntax error at line ${firstErrorLine(tree.rootNode)}`);
    }
  } finally {
    tree.delete();
  }
}

function readPreambles(imports: HeaderImport[], facts: GoFacts): void {
  for (const { doc } of imports.filter((spec) => spec.path === 'C' && spec.doc.length > 0)) {
    const { preamble, directives, limits } = readPreamble(doc, facts.path);
    facts.preambles.push(preamble);
    facts.directives.push(...directives);
    facts.limits.push(...limits);
  }
}

/** Reads a Go file without `import "C"`; no parser is needed. Never throws for what stands in it. */
export function readPlainGo(bytes: Uint8Array, path: string, header: GoHeader = readHeader(bytes)): GoFacts {
  const { problem } = header;
  return {
    path,
    imports: header.imports.map((spec) => ({
      path: spec.path,
      place: { file: path, line: spec.line, column: spec.column },
    })),
    constraint: header.constraint,
    preambles: [],
    directives: [],
    cNames: [],
    ...readBody(bytes, path, header.imports),
    limits: problem === null ? [] : [`the Go file cannot be read from line ${problem.line} on: ${problem.message}`],
  };
}

/** Opens the reader of Go files; the parser behind it is started once. */
export async function openGoReader(): Promise<GoReader> {
  const parser = await openGoParser();
  return {
    read(bytes, path) {
      const header = readHeader(bytes);
      const facts = readPlainGo(bytes, path, header);
      if (header.imports.some((spec) => spec.path === 'C')) {
        readTree(parser, bytes, facts);
        readPreambles(header.imports, facts);
      }
      return facts;
    },
  };
}
