import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';

// What reading leaves undecided, the compiler decides: real compilers, and real builds beside them.
const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-confirming-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const go = (preamble: string, use: string) =>
  `package main\n\n/*\n${preamble}\n*/\nimport "C"\n\nfunc main() { println(${use}) }\n`;

const removed = {
  'main.go': go(
    '#include <string.h>\nstatic int never(char *s) {\n\tif (0) return strfry(s) != 0;\n\treturn 1;\n}',
    'C.never(nil)',
  ),
};
const left = {
  'main.go': go('int run(int x);', 'C.run(1)'),
  'run.c':
    '#include <string.h>\nint run(int x) {\n\tif (x != x) return mallopt(1, x);\n\treturn (int)strfry("a");\n}\n',
};
const condition =
  '#if __has_attribute(nobody_has_this)\n#error "not here"\n#endif\nstatic int fine(void) { return 1; }';
const fine = { 'main.go': go(condition, 'C.fine()') };
const refused = {
  'main.go': go(
    'struct pair { int first; };\nstatic int third(struct pair *p) { return p->third; }\nstatic int odd(void) @ ;',
    'C.third(nil)',
  ),
};

/** Checks the module of `files` with each of `ways`, and builds it as the article does. */
function judged(name: string, files: Record<string, string>, toolchain: string, ways: string[][]) {
  const dir = join(folder, name);
  mkdirSync(dir);
  for (const [file, text] of Object.entries({ 'go.mod': 'module example.org/m\n\ngo 1.21\n', ...files })) {
    writeFileSync(join(dir, file), text);
  }
  const scratch = join(folder, `${name}-tmp`);
  mkdirSync(scratch);
  const env = { ...process.env, TMPDIR: scratch };
  const results = ways.map((way) => {
    const words = [gomusl, 'check', '--toolchain', toolchain, '--no-remedies', '--format', 'json', ...way];
    const { stdout } = spawnSync('node', words, { cwd: dir, env, encoding: 'utf8' });
    const { runs, findings } = JSON.parse(stdout) as Result;
    const told = findings.map(
      ({ ruleId, severity, location }) => `${severity} ${ruleId} ${location?.file}:${location?.line}`,
    );
    return { plain: runs[0]?.plain, told: told.sort() };
  });
  expect(readdirSync(scratch)).toEqual([]);
  expect(readdirSync(dir).sort()).toEqual(['go.mod', ...Object.keys(files)].sort());
  const static_ = ['-ldflags', '-linkmode external -extldflags "-static"', '-o', join(scratch, 'product'), '.'];
  const built = spawnSync(
    process.execPath,
    [gomusl, 'exec', '--toolchain', toolchain, '--', 'go', 'build', ...static_],
    { cwd: dir, encoding: 'utf8' },
  );
  return { results, built: built.status === 0, said: built.stderr };
}

it('a call that optimisation removes is no finding, and one that it leaves is the linker’s', () => {
  const gone = judged('removed', removed, 'musl-gcc', [[], ['--confirm']]);
  expect(gone.built).toBe(true);
  expect(gone.results).toEqual([
    { plain: { outcome: 'builds', stage: null }, told: ['warning GM201 main.go:6'] },
    { plain: { outcome: 'builds', stage: null }, told: [] },
  ]);
  const stays = judged('left', left, 'musl-gcc', [[], ['--confirm']]);
  expect(stays.said).toMatch(/undefined reference to .strfry/);
  expect(stays.said).not.toMatch(/undefined reference to .mallopt/);
  expect(stays.results).toEqual([
    { plain: { outcome: 'builds', stage: null }, told: ['warning GM201 run.c:3', 'warning GM201 run.c:4'] },
    { plain: { outcome: 'fails', stage: 'link' }, told: ['error GM201 run.c:4'] },
  ]);
});

it.each(['musl-gcc', 'zig'])('what %s takes is fine, and what it refuses stands where the build stops', (toolchain) => {
  const taken = judged(`fine-${toolchain}`, fine, toolchain, [['--confirm']]);
  expect(taken).toMatchObject({ built: true, results: [{ plain: { outcome: 'builds', stage: null }, told: [] }] });
  const not = judged(`refused-${toolchain}`, refused, toolchain, [[], ['--confirm']]);
  expect(not.built).toBe(false);
  expect(not.said).toMatch(/no member named .third/);
  expect(not.results).toEqual([
    { plain: { outcome: 'unknown', stage: null }, told: [] },
    { plain: { outcome: 'fails', stage: 'compile' }, told: ['error GM111 main.go:5'] },
  ]);
});
