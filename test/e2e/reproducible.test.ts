import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-reproducible-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// C in a preamble and in a file, a header of the kernel, and __FILE__: all that could carry a path.
const files = {
  'go.mod': 'module example.org/same\n\ngo 1.21\n',
  'main.go':
    'package main\n\n/*\n#include <linux/limits.h>\n#include <stdio.h>\nvoid more(void);\nstatic void hello(void) { printf("%d %s\\n", PATH_MAX, __FILE__); }\n*/\nimport "C"\n\nfunc main() { C.hello(); C.more() }\n',
  'more.c': '#include <stdio.h>\n#include "more.h"\nvoid more(void) { puts(where); }\n',
  'more.h': 'static const char *where = __FILE__;\n',
};

function build(dir: string, toolchain: string, cache: string | undefined): Buffer {
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  // Go's and zig's own caches stay: only gomusl's moves.
  const GOCACHE = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
  const ZIG_GLOBAL_CACHE_DIR = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'zig');
  const own = cache === undefined ? {} : { XDG_CACHE_HOME: cache, GOCACHE, ZIG_GLOBAL_CACHE_DIR };
  const env = { ...process.env, CC: undefined, CXX: undefined, CGO_ENABLED: undefined, ...own };
  const words = ['build', '--reproducible', '--toolchain', toolchain, '-ldflags=-compressdwarf=false', '-o', 'app'];
  const { stderr } = spawnSync('node', [gomusl, ...words], { cwd: dir, encoding: 'utf8', env });
  expect(stderr).toMatch(/app: static, musl \d/);
  return readFileSync(join(dir, 'app'));
}

it.each(['musl-gcc', 'zig'])('gives the same bytes in two folders with %s', (toolchain) => {
  const first = build(join(folder, `${toolchain}-a`), toolchain, undefined);
  // Another cache folder of gomusl's too, but for a zig that it installed: that one is in it.
  const cache = toolchain === 'zig' ? undefined : join(folder, 'cache');
  // As in a clone: Go would record the commit.
  const second = join(folder, toolchain, 'far', 'down');
  mkdirSync(second, { recursive: true });
  execFileSync('git', ['init', '-q', second]);
  expect(first.equals(build(second, toolchain, cache))).toBe(true);
  // zig's own musl carries the folder of zig in its debug information.
  const paths = toolchain === 'zig' ? [folder] : [folder, homedir()];
  for (const path of paths) expect(first.includes(path)).toBe(false);
});
