import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { diskLibraryMeans } from '../../src/cli/lib.ts';
import { children } from '../../src/io/children.ts';
import { disk } from '../../src/io/disk.ts';
import { diskStore } from '../../src/io/store.ts';
import { addLibraries } from '../../src/recipe/add.ts';
import type { LibraryMeans } from '../../src/recipe/library-means.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import { findToolchain } from '../../src/toolchain/find.ts';

const folder = mkdtempSync(join(tmpdir(), 'gomusl-download-'));
const cache = join(folder, 'cache/gomusl');
let source: Buffer = Buffer.alloc(0);
let means: LibraryMeans | null = null;
let server: Server | undefined;

beforeAll(async () => {
  mkdirSync(join(folder, 'tiny'));
  writeFileSync(join(folder, 'tiny/tiny.c'), 'int tiny(void) { return 42; }\n');
  // What does not compress: the download has a middle.
  writeFileSync(join(folder, 'tiny/noise'), randomBytes(200_000));
  execFileSync('tar', ['-czf', 'tiny.tar.gz', 'tiny'], { cwd: folder });
  source = readFileSync(join(folder, 'tiny.tar.gz'));
  const environment = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), CC: undefined, CXX: undefined };
  const request = { goarch: 'amd64', environment, cacheFolder: cache, scratch: null, needsCxx: false };
  const toolchain = await findToolchain('musl-gcc', { ...request, store: diskStore(cache) }, children, disk);
  if (toolchain) means = { ...diskLibraryMeans(toolchain, 'amd64', environment), progress: () => undefined, say() {} };
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function recipeAt(url: string): Recipe {
  const sha256 = createHash('sha256').update(source).digest('hex');
  return {
    name: 'tiny',
    title: 'Tiny',
    version: '1',
    licence: 'MIT',
    licenceFiles: [],
    source: { url, sha256, bytes: source.length },
    provides: { pkgConfig: [], headers: [], libraries: ['tiny'] },
    needs: [],
    kernelHeaders: false,
    cxx: false,
    tools: [],
    limit: null,
    goarch: [],
    adds: [],
    environment: {},
    steps: [{ compile: ['tiny.c'], archive: 'libtiny.a' }],
    proof: { file: 'prove.c', prints: '42' },
    files: { 'prove.c': '#include <stdio.h>\nint tiny(void);\nint main(void) { printf("%d", tiny()); }\n' },
    hash: 'tiny',
  };
}

/** Adds the library from a server that answers so. */
async function add(listener: RequestListener) {
  server = createServer(listener);
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  if (means === null) throw new Error('no musl-gcc');
  return addLibraries(['tiny'], [recipeAt(`http://127.0.0.1:${port}/tiny.tar.gz`)], null, means);
}

const standing = () => disk.list(join(cache, 'libraries')) ?? [];
const downloads = () => disk.list(join(cache, 'downloads')) ?? [];

it.each<[name: string, answer: RequestListener, what: string, action: string]>([
  ['another file', (_, to) => to.end(randomBytes(source.length)), 'its checksum is not the pinned one', 'begins anew'],
  [
    'one byte more',
    (_, to) => to.end(Buffer.concat([source, Buffer.alloc(1)])),
    'larger than it should',
    'begins anew',
  ],
  ['a page instead', (_, to) => to.writeHead(404).end('gone'), 'the server answered 404', 'not there any more'],
  ['a server in trouble', (_, to) => to.writeHead(503).end(), 'the server answered 503', 'try again'],
])('builds nothing of %s, says so in one line, and keeps nothing', async (_, answer, what, action) => {
  const failure = { message: expect.stringContaining(what), action: expect.stringContaining(action), code: 3 };
  await expect(add(answer)).rejects.toMatchObject(failure);
  expect(downloads()).toEqual([]);
  expect(standing()).toEqual([]);
});

it('goes on where a broken or short download stopped, and then builds and proves', async () => {
  const part = () => statSync(join(cache, 'downloads', downloads()[0] ?? ''), { throwIfNoEntry: false })?.size ?? 0;
  const breaks: RequestListener = (_, to) => {
    to.writeHead(200, { 'content-length': source.length });
    to.write(source.subarray(0, 50_000));
    const watch = setInterval(() => {
      if (downloads().length === 0 || part() === 0) return;
      clearInterval(watch);
      to.destroy();
    }, 5);
  };
  await expect(add(breaks)).rejects.toMatchObject({
    message: 'the download failed: the connection broke',
    action: 'try again; it goes on where it stopped',
  });
  expect(standing()).toEqual([]);
  const had = part();
  const ranges: (string | undefined)[] = [];
  const short: RequestListener = (request, to) => {
    ranges.push(request.headers.range);
    to.writeHead(206).end(source.subarray(had, had + 1000));
  };
  await expect(add(short)).rejects.toMatchObject({ message: 'the download failed: it ended too early' });
  const rest: RequestListener = (request, to) => {
    ranges.push(request.headers.range);
    to.writeHead(206).end(source.subarray(had + 1000));
  };
  const [added] = await add(rest);
  expect(ranges).toEqual([`bytes=${had}-`, `bytes=${had + 1000}-`]);
  expect(added?.proof).toBe('its proof ran: 42');
  expect(standing()).toEqual([added?.folder.split('/').at(-1)]);
  expect(downloads()).toEqual([]);
});
