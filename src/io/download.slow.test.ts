import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { download } from './download.ts';

const folder = mkdtempSync(join(tmpdir(), 'gomusl-download-'));
const content = Buffer.from('0123456789'.repeat(10_000));
const sha256 = createHash('sha256').update(content).digest('hex');
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Serves with the listener, and brings the file from there to a path of its own. */
async function bring(name: string, listener: RequestListener, patience?: number, also: string[] = []): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = join(folder, name);
  const places = { url: `${root}/file`, also: also.map((one) => `${root}/${one}`) };
  await download({ ...places, sha256, bytes: content.length }, path, () => undefined, patience);
  return path;
}

it('goes on where a broken connection stopped', async () => {
  const breaks: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 40_000));
    // What was sent may be lost with the connection: it breaks once some of it has arrived.
    const watch = setInterval(() => {
      if ((statSync(join(folder, 'broken.part'), { throwIfNoEntry: false })?.size ?? 0) === 0) return;
      clearInterval(watch);
      response.destroy();
    }, 5);
  };
  await expect(bring('broken', breaks)).rejects.toThrow('the download failed: the connection broke');
  const had = readFileSync(join(folder, 'broken.part')).length;
  expect(had).toBeGreaterThan(0);
  const ranges: (string | undefined)[] = [];
  const path = await bring('broken', (request, response) => {
    ranges.push(request.headers.range);
    response.writeHead(206).end(content.subarray(had));
  });
  expect(ranges).toEqual([`bytes=${had}-`]);
  expect(readFileSync(path).equals(content)).toBe(true);
});

it('begins again with a server that sends the whole file', async () => {
  writeFileSync(join(folder, 'whole.part'), content.subarray(0, 5));
  const path = await bring('whole', (_, response) => response.end(content));
  expect(readFileSync(path).equals(content)).toBe(true);
});

it('takes the file from another place where it is gone from the first', async () => {
  const asked: (string | undefined)[] = [];
  const answer: RequestListener = ({ url }, response) => {
    asked.push(url);
    if (url === '/third') response.end(content);
    else response.writeHead(url === '/file' ? 404 : 410).end('gone');
  };
  const path = await bring('moved', answer, undefined, ['second', 'third', 'fourth']);
  expect(asked).toEqual(['/file', '/second', '/third']);
  expect(readFileSync(path).equals(content)).toBe(true);
});

it('throws away what is another file, and begins anew', async () => {
  const wrong: RequestListener[] = [
    (_, response) => response.end(Buffer.alloc(content.length)),
    (_, response) => response.end(Buffer.alloc(content.length + 1)),
  ];
  for (const answer of wrong) {
    await expect(bring('other', answer)).rejects.toMatchObject({ action: expect.stringContaining('begins anew') });
    expect(existsSync(join(folder, 'other.part'))).toBe(false);
  }
});

it.each<[name: string, answer: RequestListener, message: string]>([
  ['404', (_, response) => response.writeHead(404).end('none'), 'the server answered 404'],
  ['another file', (_, response) => response.end(Buffer.alloc(content.length)), 'its checksum is not the pinned one'],
  ['a larger one', (_, response) => response.end(Buffer.alloc(content.length + 1)), 'larger than it should be'],
  ['a shorter one', (_, response) => response.end('short'), 'it ended too early'],
  ['silence', () => undefined, 'the server sent nothing for 0.2 s'],
  ['a hang in the middle', (_, response) => response.write('01234'), 'the server sent nothing for 0.2 s'],
])('says in one line what is wrong with %s', async (name, answer, message) => {
  await expect(bring(name, answer, 200)).rejects.toThrow(message);
  expect(existsSync(join(folder, name))).toBe(false);
});
