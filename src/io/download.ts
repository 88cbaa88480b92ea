import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { exitCode, Failure } from '../model/failure.ts';

/** A file on the network whose content is known beforehand. */
export interface Download {
  url: string;
  sha256: string;
  bytes: number;
}

function failed(url: string, why: string): Failure {
  return new Failure(exitCode.unfinished, `the download failed: ${why}`, url, 'try again; it goes on where it stopped');
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Milliseconds without a byte after which a server is given up. */
const silence = 60_000;

/** Appends what is missing; a server that cannot begin in the middle sends the whole file again. */
async function fetchRest(
  { url, bytes }: Download,
  part: string,
  onBytes: (done: number) => void,
  patience: number,
): Promise<void> {
  const have = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  if (have >= bytes) return;
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const giveUp = new AbortController();
  const clock = setTimeout(
    () => giveUp.abort(failed(url, `the server sent nothing for ${patience / 1000} s`)),
    patience,
  );
  try {
    await receive(await fetch(url, { headers, signal: giveUp.signal }));
  } finally {
    clearTimeout(clock);
  }

  async function receive(response: Response): Promise<void> {
    if (!response.ok || response.body === null) throw failed(url, `the server answered ${response.status}`);
    let done = response.status === 206 ? have : 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        done += chunk.length;
        clock.refresh();
        onBytes(done);
        next(done > bytes ? failed(url, 'the file is larger than it should be') : null, chunk);
      },
    });
    const out = createWriteStream(part, { flags: done > 0 ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(response.body as ReadableStream), count, out);
  }
}

/**
 * Brings a file to `path`, whole and with the checksum it must have. What an earlier try left behind is used. Throws a
 * failure for whatever the network does; `patience` is how many milliseconds the server may be silent.
 */
export async function download(
  file: Download,
  path: string,
  onBytes: (done: number) => void,
  patience = silence,
): Promise<void> {
  const part = `${path}.part`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    await fetchRest(file, part, onBytes, patience);
  } catch (error) {
    if (error instanceof Failure) throw error;
    // A full disk is no fault of the network.
    if (/^(ENOSPC|EDQUOT|EROFS|EACCES)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as NodeJS.ErrnoException).code;
    throw failed(file.url, cause ?? (error as Error).message);
  }
  if ((await sha256Of(part)) !== file.sha256) {
    const { size } = statSync(part);
    if (size >= file.bytes) rmSync(part, { force: true });
    throw failed(file.url, size < file.bytes ? 'it ended too early' : 'its checksum is not the pinned one');
  }
  renameSync(part, path);
}
