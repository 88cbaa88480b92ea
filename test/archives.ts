import { readObject } from '../src/elf/object.ts';

export interface ArchiveText {
  /** Whether it begins with a table of symbols; default true. `64` writes `/SYM64/`. */
  index?: boolean | 64;
  /** Thin: members are files beside the archive, and only their headers stand in it. */
  thin?: boolean;
  /** How names longer than 15 bytes are written: in a table (`//`), or before the member (`#1/`). */
  names?: 'gnu' | 'bsd';
}

const encoder = new TextEncoder();

/** The bytes of an ar archive. */
export function writeArchive(members: { name: string; bytes: Uint8Array }[], text: ArchiveText = {}): Uint8Array {
  const bsd = text.names === 'bsd';
  let longNames = '';
  const prepared = members.map(({ name, bytes }) => {
    if (bsd)
      return { header: `#1/${name.length}`, bytes: Uint8Array.from([...encoder.encode(name), ...bytes]), size: 0 };
    if (name.length <= 15 && !text.thin) return { header: `${name}/`, bytes, size: 0 };
    const header = `/${longNames.length}`;
    longNames += `${name}/\n`;
    return { header, bytes: text.thin ? new Uint8Array(0) : bytes, size: text.thin ? bytes.length : 0 };
  });
  const symbols = members.flatMap(({ bytes }, member) =>
    readObject(bytes)
      .symbols.filter(({ section }) => section !== null)
      .map(({ name }) => ({ name, member })),
  );
  const width = text.index === 64 ? 8 : 4;
  const indexSize =
    text.index === false
      ? 0
      : width * (symbols.length + 1) + symbols.reduce((sum, { name }) => sum + name.length + 1, 0);
  const even = (size: number) => size + (size % 2);
  let offset = 8 + (indexSize === 0 ? 0 : 60 + even(indexSize)) + (longNames === '' ? 0 : 60 + even(longNames.length));
  const offsets = prepared.map(({ bytes }) => {
    const at = offset;
    offset += 60 + even(bytes.length);
    return at;
  });
  const out: number[] = [...encoder.encode(text.thin ? '!<thin>\n' : '!<arch>\n')];
  const add = (header: string, bytes: ArrayLike<number>, size = bytes.length) => {
    out.push(
      ...encoder.encode(
        `${header.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}${String(size).padEnd(10)}\`\n`,
      ),
    );
    for (let at = 0; at < bytes.length; at++) out.push(bytes[at] ?? 0);
    if (bytes.length % 2 === 1) out.push(0x0a);
  };
  if (indexSize > 0) {
    const index: number[] = [];
    const number = (value: number) => {
      for (let at = width - 1; at >= 0; at--) index.push(Math.floor(value / 256 ** at) % 256);
    };
    number(symbols.length);
    for (const { member } of symbols) number(offsets[member] ?? 0);
    for (const { name } of symbols) index.push(...encoder.encode(name), 0);
    add(text.index === 64 ? '/SYM64/' : '/', index);
  }
  if (longNames !== '') add('//', encoder.encode(longNames));
  for (const { header, bytes, size } of prepared) add(header, bytes, size === 0 ? bytes.length : size);
  return Uint8Array.from(out);
}
