import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

/**
 * Path of the Go grammar: beside the built code (scripts/build.ts puts it there), else in the development dependency.
 * This is a part of the program, not of what it looks at, so it is no business of `Files`.
 */
function grammarPath(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'tree-sitter-go.wasm');
  if (existsSync(beside)) return beside;
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('tree-sitter-go/package.json')), 'tree-sitter-go.wasm');
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
