import type { DynamicImport, ExportedFunction, GoCall, Linkname } from '../model/facts.ts';
import { watchedCalls } from './calls.generated.ts';
import type { HeaderImport } from './header.ts';
import { GoLexer, type GoToken } from './lexer.ts';

/** What a Go file has below its imports, as far as tokens tell. */
export interface GoBody {
  dynamicImports: DynamicImport[];
  linknames: Linkname[];
  exports: ExportedFunction[];
  calls: GoCall[];
}

const dynamicImport = '//go:cgo_import_dynamic';
const linkname = '//go:linkname';
const slash = 0x2f;
const letterE = 0x65;
const letterG = 0x67;
const dot = 0x2e;

/** Watched packages by the name that the file gives them: import path and watched functions. */
export function watchedLocals(imports: HeaderImport[]): Map<string, { path: string; names: string[] }> {
  const locals = new Map<string, { path: string; names: string[] }>();
  for (const { path, name } of imports) {
    const names = Object.hasOwn(watchedCalls, path) ? watchedCalls[path] : undefined;
    if (names === undefined || name === '_' || name === '.') continue;
    locals.set(name ?? path.slice(path.lastIndexOf('/') + 1), { path, names });
  }
  return locals;
}

/** Words behind a `//go:` keyword, without the quotes of the last one; null when the comment is another one. */
function directiveWords(text: string, keyword: string): string[] | null {
  if (!text.startsWith(keyword)) return null;
  const [first, ...words] = text.trimEnd().split(/[ \t]+/);
  return first === keyword ? words.map((word) => word.replace(/^"|"$/g, '')) : null;
}

/**
 * Walks the tokens of a whole file. A local variable that hides a watched package's name is not seen through. Broken
 * source gives what its tokens give.
 */
export function readBody(bytes: Uint8Array, file: string, imports: HeaderImport[]): GoBody {
  const body: GoBody = { dynamicImports: [], linknames: [], exports: [], calls: [] };
  const locals = watchedLocals(imports);
  const text = (token: GoToken) =>
    Buffer.from(bytes.buffer, bytes.byteOffset + token.start, token.end - token.start).toString();
  const place = (token: GoToken) => ({ file, line: token.line, column: token.column });
  const isDot = (token: GoToken | undefined) => token?.kind === 'mark' && bytes[token.start] === dot;
  const lexer = new GoLexer(bytes);
  let third: GoToken | undefined;
  let second: GoToken | undefined;
  let first: GoToken | undefined;
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    if (token.kind === 'comment') {
      const letter = bytes[token.start + 2];
      if (bytes[token.start + 1] !== slash || (letter !== letterG && letter !== letterE)) continue;
      const comment = text(token);
      const exported = token.column === 1 ? /^\/\/export[ \t]+(\S+)\s*$/.exec(comment)?.[1] : undefined;
      if (exported !== undefined) body.exports.push({ name: exported, place: place(token) });
      const dynamic = directiveWords(comment, dynamicImport);
      if (dynamic !== null) body.dynamicImports.push({ words: dynamic, place: place(token) });
      const link = directiveWords(comment, linkname);
      if (link !== null) body.linknames.push({ local: link[0] ?? '', remote: link[1] ?? '', place: place(token) });
      continue;
    }
    if (locals.size > 0 && token.kind === 'name' && second?.kind === 'name' && isDot(first) && !isDot(third)) {
      const local = locals.get(text(second));
      const name = local === undefined ? '' : text(token);
      if (local?.names.includes(name)) body.calls.push({ package: local.path, name, place: place(second) });
    }
    third = second;
    second = first;
    first = token;
  }
  return body;
}
