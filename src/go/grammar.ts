import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

/**
 * Path of the Go grammar: beside the built code, where scripts/build.ts puts it; when this file runs as TypeScript, in
 * the development dependency.
 */
function grammarPath(): string {
  const here = fileURLToPath(import.meta.url);
  if (!here.endsWith('.ts')) return join(dirname(here), 'tree-sitter-go.wasm');
  return join(dirname(createRequire(here).resolve('tree-sitter-go/package.json')), 'tree-sitter-go.wasm');
}

let opened: Promise<Parser> | undefined;

/** The parser of Go source. Starting it takes about 20 ms, so it is started once and only when it is needed. */
export function openGoParser(): Promise<Parser> {
  opened ??= (async () => {
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammarPath()));
    return parser;
  })();
  return opened;
}
