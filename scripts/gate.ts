// The whole gate, `npm test`: every step in turn, all of them whatever fails, and `N passed, N failed` as the last line.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { printFailure } from '../src/cli/print-failure.ts';
import { root } from './generated.ts';
import { setUp } from './setup.ts';

const report = join(root, '.cache/tests.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const steps: [string, string[]][] = [
  ['format and lint', ['npx', 'biome', 'check']],
  ['types', ['npx', 'tsc', '-p', '.']],
  ['generated files', ['npm', 'run', '--silent', 'generate:check']],
  ['build', ['npm', 'run', '--silent', 'build']],
  ['tests', ['npx', 'vitest', 'run', ...reporters]],
];

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

/** The environment with Go, musl-gcc (by apt, for root) and zig; tests that lack one fail or say so themselves. */
async function preparedEnvironment(): Promise<NodeJS.ProcessEnv> {
  try {
    const { environment, told } = await setUp(process.env, { apt: process.getuid?.() === 0, all: true });
    for (const line of told) process.stdout.write(`${line}\n`);
    return environment;
  } catch (error) {
    printFailure(error, (text) => process.stdout.write(text));
    return process.env;
  }
}

const env = await preparedEnvironment();
rmSync(report, { force: true });
let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, [command = '', ...words]] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, words, { cwd: root, stdio: 'inherit', env });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)\n`);
  if (name !== 'tests') {
    if (status === 0) passed++;
    else failed++;
    continue;
  }
  try {
    const tests = JSON.parse(readFileSync(report, 'utf8')) as Report;
    passed += tests.numPassedTests;
    failed += tests.numFailedTests;
    skipped += tests.numPendingTests;
    if (status !== 0 && tests.numFailedTests === 0) failed++;
  } catch (error) {
    process.stdout.write(`the tests left no report: ${(error as Error).message}\n`);
    failed++;
  }
}
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 ? 1 : 0;
