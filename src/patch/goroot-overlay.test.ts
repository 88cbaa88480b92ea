import { expect, it } from 'vitest';
import { writeExecutable } from '../../test/executables.ts';
import { readExecutable } from '../elf/executable.ts';
import { memoryFiles } from '../io/memory.ts';
import { gorootOverlay, readOverlay } from './goroot-overlay.ts';
import { markerFiles } from './marker.ts';
import type { Patch, PatchAnswer } from './patch.ts';

const answer = (name: string, path: string, target: Patch['target'] = 'std'): PatchAnswer => ({
  patch: { name, target, packages: ['os/x'], hash: 'ab'.repeat(32) } as Patch,
  state: 'needed',
  detail: '',
  conflicts: [],
  files: [{ path, original: null, content: Buffer.from(name), offsets: [0] }],
});

it('names the patched file and its marker, and keeps the overlay of the user', () => {
  const overlay = gorootOverlay('/go', [answer('a', 'src/os/x/x.go')], '/o', { '/app/y.go': '/mine/y.go' });
  expect(overlay.json.Replace).toEqual({
    '/app/y.go': '/mine/y.go',
    '/go/src/os/x/x.go': '/o/src/os/x/x.go',
    '/go/src/os/x/zgomusl_patched.go': '/o/src/os/x/zgomusl_patched.go',
  });
  expect([...overlay.files.keys()]).toEqual(['/o/src/os/x/x.go', '/o/src/os/x/zgomusl_patched.go']);
});

it('takes the last content where two patches change one file', () => {
  const overlay = gorootOverlay('/go', [answer('a', 'src/os/x/x.go'), answer('b', 'src/os/x/x.go')], '/o');
  expect(Buffer.from(overlay.files.get('/o/src/os/x/x.go') ?? []).toString()).toBe('b');
});

it('refuses a file that both overlays change, and leaves tools out', () => {
  const own = { '/go/src/os/x/x.go': '/mine/x.go' };
  expect(() => gorootOverlay('/go', [answer('a', 'src/os/x/x.go')], '/o', own)).toThrow('two overlays change one file');
  expect(gorootOverlay('/go', [answer('a', 'src/cmd/link/x.go', 'tool')], '/o').files.size).toBe(0);
});

it('reads overlays as Go does, and refuses what is none', () => {
  const read = (text: string) => readOverlay('/o.json', '/w', memoryFiles({ '/o.json': text }));
  expect(read('{"Replace":{"a.go":"b.go","/c.go":""}}')).toEqual({ '/w/a.go': '/w/b.go', '/c.go': '' });
  expect(() => read('{"Replace":{"a":1}}')).toThrow('no map');
  expect(() => read('{')).toThrow('no JSON');
  expect(() => readOverlay('/x', '/w', memoryFiles({}))).toThrow('does not exist');
});

it('writes a marker that can be read back out of a binary', () => {
  const [file] = markerFiles([answer('b-two', 'src/os/x/x.go'), answer('a-one', 'src/os/x/y.go')]);
  const text = Buffer.from(file?.content ?? []).toString('latin1');
  expect(text).toContain('package x\n');
  const data = Buffer.from(
    `\0${text}gomusl-patched-std:gomusl-patched-std:..@ gomusl-patched-std:c@${'1'.repeat(12)} `,
  );
  const { stdPatches } = readExecutable('/app', memoryFiles({ '/app': writeExecutable({ data }) }));
  expect(stdPatches).toEqual(['a-one@abababababab', 'b-two@abababababab', 'c@111111111111']);
});
