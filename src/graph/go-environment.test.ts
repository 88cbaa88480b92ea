import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import { readGoEnvironment, readGoSettings } from './go-environment.ts';

it('reads what a person set: the environment first, then what `go env -w` wrote', () => {
  const files = memoryFiles({
    '/h/.config/go/env': 'CGO_ENABLED=0\nGOFLAGS=-tags=written\nCGO_CFLAGS=-O1 "-DA=b c"\n# no setting\nlower=1\n',
  });
  expect(readGoSettings({ HOME: '/h', GOFLAGS: '-tags=a', CGO_LDFLAGS: '' }, files)).toEqual({
    flags: { tags: ['a'], mod: null, modfile: null, race: false, overlay: null },
    cgoEnabled: false,
    goarch: null,
    cgoFlags: { cppflags: [], cflags: ['-O1', '-DA=b c'], cxxflags: ['-O2', '-g'], ldflags: ['-O2', '-g'] },
  });
  expect(readGoSettings({ HOME: '/h', GOENV: 'off' }, files)).toMatchObject({ cgoEnabled: null, flags: { tags: [] } });
});

it('never asks go for a variable that makes it start the C compiler', async () => {
  let asked: string[] = [];
  const processes: Processes = {
    async run(command) {
      asked = command;
      const stdout = '{"GOVERSION":"go1.26.8","GOROOT":"/go","GOMODCACHE":"/c","GOARCH":"amd64"}';
      return { code: 0, signal: null, stdout, stderr: '', timedOut: false };
    },
  };
  const call = { dir: '/m', environment: { HOME: '/h' }, timeout: 1 };
  const known = await readGoEnvironment(call, processes, memoryFiles({ '/m/go.mod': '' }));
  expect(known).toMatchObject({ goVersion: 'go1.26.8', goroot: '/go', modCache: '/c', goarch: 'amd64' });
  expect(asked.filter((word) => /^CGO_.*FLAGS$|^PKG_CONFIG$|^GOGCCFLAGS$/.test(word))).toEqual([]);
});
