import { deflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';

/** Writes a zip archive of less than 65 535 files and 4 GB: `add` each file, then `end`. */
export interface ZipWriter {
  /** `path` is relative, with `/`; `mode` are permission bits. */
  add(path: string, content: Uint8Array, mode: number): void;
  end(): void;
}

/** The fields that a local header and the directory share: from the version needed to the length of the extra field. */
function sharedFields(content: Uint8Array, packed: Uint8Array, name: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2); // names are UTF-8
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(0x00210000, 6); // 1980-01-01: the same files give the same archive
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

/** A zip archive that goes to `write` as it grows. Layout: PKWARE's APPNOTE.TXT. */
export function zipWriter(write: (bytes: Uint8Array) => void): ZipWriter {
  const directory: Buffer[] = [];
  let offset = 0;
  let count = 0;
  const put = (bytes: Uint8Array) => {
    write(bytes);
    offset += bytes.length;
  };
  return {
    add(path, content, mode) {
      const packed = deflateRawSync(content);
      const name = Buffer.from(path);
      const fields = sharedFields(content, packed, name);
      const tail = Buffer.alloc(14);
      tail.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 6);
      tail.writeUInt32LE(offset, 10);
      // Made by: version 2.0 on Unix.
      directory.push(Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1'), fields, tail, name);
      count += 1;
      put(Buffer.from('PK\u0003\u0004', 'latin1'));
      put(fields);
      put(name);
      put(packed);
    },
    end() {
      const bytes = Buffer.concat(directory);
      const end = Buffer.alloc(22);
      end.write('PK\u0005\u0006', 'latin1');
      end.writeUInt16LE(count, 8);
      end.writeUInt16LE(count, 10);
      end.writeUInt32LE(bytes.length, 12);
      end.writeUInt32LE(offset, 16);
      put(bytes);
      put(end);
    },
  };
}
