import { expect, it } from 'vitest';
import { memoryFiles, memoryScratch } from '../io/memory.ts';
import type { Trees, TreeWalk } from '../io/trees.ts';
import { Failure } from '../model/failure.ts';
import { installBundle, packedToolchain, writeBundle } from './bundle.ts';
import { type InstallMeans, installDownload } from './install.ts';
import { zipWriter } from './zip-write.ts';

/** A machine whose user's cache is `/cache`, with these files; `content` shows what became of it. */
function machine(content: Record<string, string | Uint8Array>, name = 'x64') {
  const means: InstallMeans = {
    cacheFolder: '/cache',
    machine: name,
    files: memoryFiles(content),
    download: () => Promise.reject(new Error('there is no network')),
    async place(parent, folder, fill) {
      const half: Record<string, string | Uint8Array> = {};
      const write = means.write;
      means.write = (path, bytes) => {
        half[path] = bytes;
      };
      await fill(`${parent}/${folder}`).finally(() => {
        means.write = write;
      });
      Object.assign(content, half);
      return `${parent}/${folder}`;
    },
    write(path, bytes) {
      content[path] = bytes;
    },
    remove: (path) => void delete content[path],
    move: () => undefined,
    scratch: memoryScratch(content),
    processors: 1,
    progress: () => undefined,
    sha256: async () => 'another',
  };
  return { means, content };
}

function trees(content: Record<string, string | Uint8Array>, more: Partial<TreeWalk> = {}): Trees {
  const walk = (root: string) => {
    const paths = Object.keys(content).filter((path) => path.startsWith(`${root}/`));
    const entries = paths.map((path) => ({
      path: path.slice(root.length + 1),
      kind: 'file' as const,
      mode: path.includes('/bin/') ? 0o775 : 0o600,
      size: content[path]?.length ?? 0,
    }));
    return { entries, dangling: [], outside: [], ...more };
  };
  return { walk } as unknown as Trees;
}

const installed = {
  '/home/a/toolchains/musl-1.2.5/bin/musl-gcc': '#!/bin/sh\nexec gcc -specs "/home/a/toolchains/musl-1.2.5/lib/x"\n',
  '/home/a/toolchains/musl-1.2.5/lib/libc.a': '/home/a/toolchains/musl-1.2.5\0',
  '/usr/include/linux/limits.h': '#define PATH_MAX 4096\n',
};

function bundle(more: Partial<TreeWalk> = {}): Uint8Array {
  const pieces: Uint8Array[] = [];
  const file = { write: (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)), keep() {}, drop() {} };
  const { means } = machine(installed);
  const here = { ...means, cacheFolder: '/home/a' };
  const headers = { name: 'kernel-headers-arm64', folders: { linux: '/usr/include/linux' } };
  writeBundle([packedToolchain('musl-1.2.5', here), headers], file, trees(installed, more), here);
  return Buffer.concat(pieces);
}

/** A bundle by its list and files, as somebody else may have made it. */
function forged(list: unknown, files: Record<string, string> = {}): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = zipWriter((bytes) => pieces.push(Uint8Array.from(bytes)));
  for (const [path, text] of Object.entries(files)) zip.add(path, Buffer.from(text), 0o644);
  zip.add('gomusl-bundle.json', Buffer.from(typeof list === 'string' ? list : JSON.stringify(list)), 0o644);
  zip.end();
  return Buffer.concat(pieces);
}

it('brings a toolchain to another folder, whose name its scripts then have', async () => {
  const { means, content } = machine({ '/b': bundle() });
  const places = ['/cache/toolchains/musl-1.2.5', '/cache/toolchains/kernel-headers-arm64'];
  expect(await installBundle('/b', means)).toEqual(places);
  expect(content[`${places[1]}/linux/limits.h`]).toEqual(Buffer.from('#define PATH_MAX 4096\n'));
  const script = Buffer.from(content['/cache/toolchains/musl-1.2.5/bin/musl-gcc'] as Uint8Array).toString();
  expect(script).toBe('#!/bin/sh\nexec gcc -specs "/cache/toolchains/musl-1.2.5/lib/x"\n');
  const archive = Buffer.from(content['/cache/toolchains/musl-1.2.5/lib/libc.a'] as Uint8Array).toString();
  expect(archive).toBe('/home/a/toolchains/musl-1.2.5\0');
});

it('leaves nothing behind of a bundle that is damaged anywhere', async () => {
  const whole = bundle();
  for (let at = 0; at < whole.length; at += 3) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    const { means, content } = machine({ '/b': damaged });
    const failure = await installBundle('/b', means).then(
      () => null,
      (error) => error,
    );
    if (failure !== null) {
      expect(failure, `byte ${at}`).toBeInstanceOf(Failure);
      expect(Object.keys(content), `byte ${at}`).toEqual(['/b']);
    } else {
      const script = Buffer.from(content['/cache/toolchains/musl-1.2.5/bin/musl-gcc'] as Uint8Array).toString();
      expect(script, `byte ${at}`).toContain('"/cache/toolchains/musl-1.2.5/lib/x"');
    }
  }
});

const musl = { name: 'musl-1', folder: '/f' };
const file = { path: 'musl-1/x', sha256: '', mode: 0o644 };
it.each<[name: string, bytes: Uint8Array, message: string]>([
  ['no list', forged('{'), 'is damaged'],
  ['another kind of list', forged({ schemaVersion: 1, files: [{}] }), 'is of another kind'],
  ['another machine', forged({ schemaVersion: 1, machine: 'arm64', toolchains: [musl], files: [] }), 'it is for arm64'],
  [
    'a name that leads out',
    forged({ schemaVersion: 1, machine: 'x64', toolchains: [{ ...musl, name: '../musl-1' }], files: [] }),
    'it names no toolchain of gomusl',
  ],
  [
    'a file outside its toolchains',
    forged(
      { schemaVersion: 1, machine: 'x64', toolchains: [musl], files: [{ ...file, path: 'zig-1/x' }] },
      { 'zig-1/x': '' },
    ),
    'a file that its list does not name',
  ],
  [
    'a file of another checksum',
    forged({ schemaVersion: 1, machine: 'x64', toolchains: [musl], files: [file] }, { 'musl-1/x': 'x' }),
    'not what its list says',
  ],
  [
    'a file that is not there',
    forged({ schemaVersion: 1, machine: 'x64', toolchains: [musl], files: [file] }),
    'not what its list says',
  ],
])('refuses a bundle with %s', async (_, bytes, message) => {
  const { means, content } = machine({ '/b': bytes });
  await expect(installBundle('/b', means)).rejects.toThrow(message);
  expect(Object.keys(content)).toEqual(['/b']);
});

it('takes no other zig than the pinned one from a file', async () => {
  const { means, content } = machine({ '/b': 'not a wheel' });
  await expect(installDownload('zig', means, '/b')).rejects.toThrow(/^this is not the file of zig/);
  expect(Object.keys(content)).toEqual(['/b']);
});

it('packs no link that leads out of the toolchain', () => {
  expect(() => bundle({ outside: [{ path: 'lib/x', leads: '/etc' }] })).toThrow('a link leads out of this toolchain');
});
