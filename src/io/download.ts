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
  /** Other places of the same file, tried in this order where one does not have it any more. */
  also?: string[];
  sha256: string;
  bytes: number;
}

/** Node's names of what is wrong with a server's certificate; a proxy of a company puts its own in the way. */
const ofCertificates = /CERT|ISSUER|SELF_SIGNED/;
const withCertificate =
  'name the certificates that this network uses by NODE_EXTRA_CA_CERTS, or give the file by --source';

function failed(url: string, why: string, action = 'try again; it goes on where it stopped'): Failure {
  if (ofCertificates.test(why)) return failed(url, 'the certificate of the server is not trusted', withCertificate);
  return new Failure(exitCode.unfinished, `the download failed: ${why}`, url, action);
}

/** What a person can do about a file that is another one: it was thrown away. */
const begunAgain = 'try again, which begins anew; if it stays so, the server has another file';

/** Codes of Node and of its fetch, in words; others are told as they are. */
const troubles: Record<string, string> = {
  ENOTFOUND: 'the server was not found; is there a network?',
  EAI_AGAIN: 'the server was not found; is there a network?',
  ENETUNREACH: 'there is no network',
  ECONNREFUSED: 'the server takes no connection',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'the server did not answer',
  ETIMEDOUT: 'the server did not answer',
};

const isGone = (status: number) => status === 404 || status === 410;

/** Of a status other than that of success. */
function refused(url: string, status: number): Failure {
  const action = isGone(status) ? 'it is not there any more; take a newer gomusl, or give the file by hand' : undefined;
  return failed(url, `the server answered ${status}`, action);
}

/** SHA-256 of a file, in hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const larger = 'the file is larger than it should be';

/** Milliseconds without a byte after which a server is given up. */
const silence = 60_000;

/** Appends what is missing; a server that cannot begin in the middle sends the whole file again. */
async function fetchRest(
  { url, bytes, also = [] }: Download,
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
    let response = await fetch(url, { headers, signal: giveUp.signal });
    for (const other of also) {
      if (!isGone(response.status)) break;
      await response.body?.cancel();
      response = await fetch(other, { headers, signal: giveUp.signal });
    }
    await receive(response);
  } finally {
    clearTimeout(clock);
  }

  async function receive(response: Response): Promise<void> {
    if (!response.ok || response.body === null) throw refused(url, response.status);
    let done = response.status === 206 ? have : 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        done += chunk.length;
        clock.refresh();
        onBytes(done);
        next(done > bytes ? failed(url, larger, begunAgain) : null, chunk);
      },
    });
    const out = createWriteStream(part, { flags: done > 0 ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(response.body as ReadableStream), count, out).catch((error) => {
      if (done > bytes) rmSync(part, { force: true });
      throw error;
    });
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
    throw failed(file.url, troubles[cause ?? ''] ?? cause ?? (error as Error).message);
  }
  if ((await sha256Of(part)) !== file.sha256) {
    const { size } = statSync(part);
    if (size < file.bytes) throw failed(file.url, 'it ended too early');
    rmSync(part, { force: true });
    throw failed(file.url, 'its checksum is not the pinned one', begunAgain);
  }
  renameSync(part, path);
}
