import { inflateRawSync } from 'node:zlib';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { crc32 } from './crc32.ts';

/** One file of a zip archive. */
export interface ZipEntry {
  /** Relative path with `/`, without `.` and `..`. */
  path: string;
  /** Sizes in bytes. */
  size: number;
  packedSize: number;
  packed: boolean;
  crc: number;
  /** Where its local header begins. */
  offset: number;
  /** Permission bits where the archive keeps them; null where not. */
  mode: number | null;
}

/** More than any toolchain has; what claims more is refused before anything is written. */
const mostEntries = 200_000;
const mostBytes = 4 * 1024 ** 3 - 1;
/** One file is unpacked in memory; zig's program has 170 MB. */
const largestFile = 512 * 1024 ** 2;

function refuse(path: string, what: string): Failure {
  return new Failure(exitCode.unfinished, `the zip archive cannot be used: ${what}`, path, 'download it again');
}

function isSafe(path: string): boolean {
  return path !== '' && !/^\/|\\|\0|:/.test(path) && !path.split('/').includes('..');
}

/** Lists the files of a zip archive by its central directory. Folders are left out. */
export function readZip(path: string, files: Files): ZipEntry[] {
  const size = files.size(path);
  if (size === null || size > mostBytes)
    throw refuse(path, size === null ? 'there is no such file' : 'it is too large');
  const tailStart = Math.max(0, size - 65_557);
  const tail = Buffer.from(files.readRange(path, tailStart, size - tailStart) ?? []);
  const end = tail.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) throw refuse(path, 'it is cut short');
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (start === 0xffffffff || count === 0xffff) throw refuse(path, 'it is of the 64-bit kind');
  if (start + length > size || count > mostEntries) throw refuse(path, 'its directory is damaged');
  const directory = Buffer.from(files.readRange(path, start, length) ?? []);
  return readDirectory(path, directory, count);
}

function readDirectory(archive: string, directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let total = 0;
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw refuse(archive, 'its directory is damaged');
    }
    const method = directory.readUInt16LE(at + 10);
    const nameLength = directory.readUInt16LE(at + 28);
    const path = directory.toString('utf8', at + 46, at + 46 + nameLength);
    const size = directory.readUInt32LE(at + 24);
    const isUnix = directory.readUInt8(at + 5) === 3;
    const mode = directory.readUInt32LE(at + 38) >>> 16;
    total += size;
    if (total > mostBytes || size > largestFile) throw refuse(archive, 'its files are too large');
    if (!isSafe(path)) throw refuse(archive, 'a path leads out of it');
    if (method !== 0 && method !== 8) throw refuse(archive, 'a file is packed in an unknown way');
    if (isUnix && (mode & 0o170000) === 0o120000) throw refuse(archive, 'it holds symbolic links');
    if (!path.endsWith('/')) {
      entries.push({
        path,
        size,
        packedSize: directory.readUInt32LE(at + 20),
        packed: method === 8,
        crc: directory.readUInt32LE(at + 16),
        offset: directory.readUInt32LE(at + 42),
        mode: isUnix && (mode & 0o777) !== 0 ? mode & 0o777 : null,
      });
    }
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Content of one file of the archive. */
export function zipContent(archive: string, entry: ZipEntry, files: Files): Uint8Array {
  const header = Buffer.from(files.readRange(archive, entry.offset, 30) ?? []);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw refuse(archive, 'a file has no header');
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = files.readRange(archive, start, entry.packedSize) ?? new Uint8Array();
  let content: Uint8Array = bytes;
  if (entry.packed) {
    try {
      content = inflateRawSync(bytes, { maxOutputLength: Math.max(1, entry.size) });
    } catch {
      throw refuse(archive, 'a file cannot be unpacked');
    }
  }
  if (content.length !== entry.size) throw refuse(archive, 'a file has another size than stated');
  if (crc32(content) !== entry.crc) throw refuse(archive, 'a file in it is damaged');
  return content;
}
