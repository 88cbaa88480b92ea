import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Scratch } from '../io/scratch.ts';
import { memoryStore } from '../io/store.ts';
import type { Toolchain } from '../model/target.ts';
import { takenByLinker } from './linker-tries.ts';

const scratch = { folder: () => '/tmp/try', write() {}, remove() {} } as unknown as Scratch;
const toolchain = { name: 'zig', cc: ['/opt/zig', 'cc'] } as Toolchain;
const ended = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false };

it('tries each flag once for a compiler, and again for another in its place', async () => {
  const runs: string[] = [];
  const store = memoryStore();
  const ask = (compiler: string) =>
    takenByLinker(toolchain, {
      store,
      scratch,
      environment: {},
      files: memoryFiles({ '/opt/zig': compiler }),
      processes: {
        async run(command) {
          runs.push(command.join(' '));
          if (command.includes('-no-pie')) return { ...ended, code: 1 };
          const says = command.includes('-Qunused-arguments') ? "unknown argument: '-Qunused-arguments'" : '';
          return { ...ended, stderr: says };
        },
      },
    });
  const taken = await ask('one');
  expect(taken).toContain('-Wl,--compress-debug-sections=zlib');
  expect(taken).not.toContain('-no-pie');
  expect(taken).not.toContain('-Qunused-arguments');
  const tries = runs.length;
  expect(runs[0]).toMatch(/^\/opt\/zig cc -o try -\S+ try.c$/);
  expect(await ask('one')).toEqual(taken);
  expect(runs.length).toBe(tries);
  await ask('another');
  expect(runs.length).toBe(2 * tries);
});

it('leaves the linkers that are fast to cmd/link', async () => {
  const means = { store: memoryStore(), scratch, environment: {}, files: memoryFiles({}), processes: null as never };
  expect(await takenByLinker({ ...toolchain, name: 'musl-gcc' }, means)).toEqual([]);
});
