import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import type { Failure } from '../model/failure.ts';
import { goFailure, messageFailure, runGo } from './go-command.ts';

const line = (failure: Failure | null) => failure && `${failure.message}: ${failure.where}; ${failure.action}`;

/** Messages as go1.26.8 printed them. */
it.each([
  [
    'go: errors parsing go.mod:\ngo.mod:5: unknown directive: foo\n',
    'go.mod does not parse: unknown directive: foo: /m/go.mod:5; correct that line',
  ],
  [
    'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)\n',
    'Go 1.99 is asked for, and Go 1.26.8 is installed: /m/go.mod; install Go 1.99 or newer',
  ],
  [
    'go: downloading example.org/x v1.0.0\ngo: go.mod file not found in current directory or any parent directory; see …\n',
    'no Go module found: /m; go to a folder with a go.mod (-C DIR), or name a PACKAGE@VERSION',
  ],
  [
    'flag provided but not defined: -pgo\nusage: go list\n',
    'the go command is older than Go 1.20: PATH; use a newer Go',
  ],
  [
    'go: inconsistent vendoring in /m:\n\texample.org/x@v1: is explicitly required in go.mod, but not marked\n\n\tTo ignore the vendor directory, use -mod=readonly or -mod=mod.\n\tTo sync the vendor directory, run:\n\t\tgo mod vendor\n',
    'the vendor folder does not match go.mod: /m; run: go mod vendor',
  ],
  ['go: something new\nsecond line\n', 'go list failed: something new second line: /m; correct that first'],
])('says in one line why go gave up: %s', (stderr, expected) => {
  expect(line(goFailure(stderr, 'list', '/m'))).toBe(expected);
});

it.each([
  [
    'missing go.sum entry for module providing package golang.org/x/text/language (imported by example.org/x); to add:\n\tgo get example.org/x',
    'missing go.sum entry for module providing package golang.org/x/text/language (imported by example.org/x): /m/m.go:2:8; run: go get example.org/x',
  ],
  [
    'package nope is not in std (/go/src/nope)',
    'there is no such package in std or the module: nope; correct the import path',
  ],
  ['stat /m/nope: directory not found', 'there is no such package: /m/nope; name a folder with Go files'],
])('explains a message of one package: %s', (message, expected) => {
  expect(line(messageFailure(message, 'm.go:2:8', '/m'))).toBe(expected);
});

it('runs go as a mere look, whatever the environment asks for', async () => {
  let seen: Record<string, string | undefined> = {};
  const processes: Processes = {
    async run(_command, options) {
      seen = options.env;
      return { code: 0, signal: null, stdout: '', stderr: '', timedOut: false };
    },
  };
  const environment = { GOTOOLCHAIN: 'auto', GOVCS: '*:all', GOFLAGS: '-toolexec=evil -mod=mod', HOME: '/h' };
  await runGo(['list'], { dir: '/m', environment, timeout: 1 }, processes, memoryFiles({ '/m/go.mod': '' }));
  expect(seen).toMatchObject({
    GOTOOLCHAIN: 'local',
    GOVCS: '*:off',
    GOFLAGS: '-buildvcs=false',
    HOME: '/h',
    PWD: '/m',
  });
});

it('tells an absent go, a hanging go and an absent folder apart', async () => {
  const files = memoryFiles({ '/m/go.mod': '' });
  const absent: Processes = {
    run: async () => Promise.reject(Object.assign(new Error('spawn go'), { code: 'ENOENT' })),
  };
  const hanging: Processes = {
    run: async () => ({ code: null, signal: 'SIGKILL', stdout: '', stderr: '', timedOut: true }),
  };
  const call = { dir: '/m', environment: {}, timeout: 2000 };
  await expect(runGo(['list'], call, absent, files)).rejects.toThrow('no go command found');
  await expect(runGo(['list'], call, hanging, files)).rejects.toThrow('go list did not end within 2 s');
  await expect(runGo(['list'], { ...call, dir: '/n' }, hanging, files)).rejects.toThrow('there is no such folder');
});
