import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { markerFiles } from '../patch/marker.ts';
import type { PatchAnswer } from '../patch/patch.ts';
import { stdLines } from './doctor-std.ts';

const patch = { name: 'a-patch', target: 'std', hash: 'ab'.repeat(32) };
const answer = { patch, files: [{ path: 'src/os/x/x.go' }] } as unknown as PatchAnswer;
const [marker] = markerFiles([answer]);
const manifest = {
  schemaVersion: 1,
  source: { goroot: '/usr/go', version: 'go1.26.8', hash: 'x' },
  patches: [{ name: patch.name, hash: patch.hash, files: [] }],
  changed: [],
  added: [],
  listHash: 'x',
};
const files = memoryFiles({
  '/go/VERSION': 'go1.26.8',
  '/copy/.gomusl/manifest.json': JSON.stringify(manifest),
  '/damaged/.gomusl/manifest.json': '{}',
  '/o.json': JSON.stringify({ Replace: { '/go/src/os/x/zgomusl_patched.go': '/o/zgomusl_patched.go' } }),
  '/o/zgomusl_patched.go': Buffer.from(marker?.content ?? []).toString(),
  '/mine.json': JSON.stringify({ Replace: { '/app/a.go': '/app/b.go' } }),
});

it('tells a patched copy, an overlay that patches, and one that does not', () => {
  expect(stdLines('/go', '', files)).toEqual([
    'std of Go: as it came; gomusl patch-goroot says what musl wants patched',
  ]);
  expect(stdLines('/copy', '-mod=mod', files)).toEqual([
    expect.stringMatching(/^std of Go: a patched copy of \/usr\/go, with a-patch@abababababab; .* --verify \/copy /),
  ]);
  expect(stdLines('/go', '-overlay=/o.json', files)[1]).toContain('/o.json: patches std with a-patch@abababababab;');
  expect(stdLines('/go', '-overlay=/mine.json', files)[1]).toBe(
    '-overlay in GOFLAGS, /mine.json: has no patch of gomusl',
  );
});

it('tells what cannot be read, and goes on', () => {
  expect(stdLines('/damaged', '', files)).toEqual([
    expect.stringContaining('the manifest of the patched copy is damaged'),
  ]);
  expect(stdLines('/go', '-overlay=/none.json', files)).toEqual([expect.stringContaining('the file does not exist')]);
});
