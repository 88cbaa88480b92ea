// Prints how many tests passed and failed, `N passed, N failed`, alone on a line: the sum of what the test runner
// wrote into .cache/. Without that file nothing ran, and that counts as one failure.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 1;
try {
  const report = JSON.parse(readFileSync(new URL('../.cache/tests.json', import.meta.url), 'utf8'));
  passed = report.numPassedTests;
  failed = report.numFailedTests + (report.success ? 0 : report.numFailedTests === 0 ? 1 : 0);
} catch (error) {
  process.stderr.write(`no test report: ${error.message}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
