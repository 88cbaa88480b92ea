import { expect, it } from 'vitest';
import { missingFiles, trialRun } from './start.ts';

const result = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false };

it.each([
  {
    name: 'an exit code',
    over: { code: 2, stderr: 'usage' },
    outcome: { outcome: 'exited', code: 2, stderr: 'usage' },
  },
  { name: 'a signal', over: { code: null, signal: 'SIGSEGV' }, outcome: { outcome: 'killed', signal: 'SIGSEGV' } },
  {
    name: 'the time limit',
    over: { code: null, signal: 'SIGKILL', timedOut: true },
    outcome: { outcome: 'still-running', signal: null },
  },
  {
    name: 'no start at all',
    over: { code: 127, stderr: "/usr/sbin/chroot: failed to run command '/app': No such file or directory\n" },
    outcome: { outcome: 'not-started', code: null, missing: [], stderr: 'No such file or directory' },
  },
  {
    name: 'its own exit code 127',
    over: { code: 127, stderr: 'app: none' },
    outcome: { outcome: 'exited', code: 127 },
  },
])('tells $name', ({ over, outcome }) => {
  expect(trialRun('empty-root', { ...result, ...over }, 5)).toMatchObject(outcome);
});

it('reads which files were missing, as Go and C word it', () => {
  const said = 'open /etc/ssl/cert.pem: no such file or directory\ncat: /etc/x.conf: No such file or directory\n/no';
  expect(missingFiles(said)).toEqual(['/etc/ssl/cert.pem', '/etc/x.conf']);
});
