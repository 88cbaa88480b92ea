import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** A module version by the texts of its files. */
export interface ProxyModule {
  path: string;
  version: string;
  files: Record<string, string>;
}

/**
 * Lays out a folder that GOPROXY=file://… serves; https://go.dev/ref/mod#goproxy-protocol says how. Paths are lower case,
 * so none needs the protocol's escapes.
 */
export function writeModuleProxy(folder: string, modules: ProxyModule[]): void {
  for (const { path, version, files } of modules) {
    const at = join(folder, path, '@v');
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, 'list'), `${version}\n`);
    writeFileSync(join(at, `${version}.info`), JSON.stringify({ Version: version }));
    writeFileSync(join(at, `${version}.mod`), files['go.mod'] ?? `module ${path}\n`);
    const entries = Object.entries(files).map(([name, text]): [string, string] => [`${path}@${version}/${name}`, text]);
    writeFileSync(join(at, `${version}.zip`), zip(entries));
  }
}

/** A zip archive without compression. */
function zip(entries: [string, string][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
