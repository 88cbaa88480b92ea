import { expect, it } from 'vitest';
import { readPassing } from './passed-log.ts';

async function* pieces(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield Buffer.from(part);
}

/** What came out at the end of a log, and what was read of it. */
async function passed(isTTY: boolean, ...parts: (string | Uint8Array)[]) {
  const out: Buffer[] = [];
  const write = (text: string | Uint8Array) => out.push(Buffer.from(text));
  const { log, isCut } = await readPassing(pieces(...parts), { isTTY, write }, 40);
  return { bytes: Buffer.concat(out), log, isCut };
}

it('passes a log on byte for byte, whatever is in it', async () => {
  const log = Buffer.from([0xff, 0x00, 0x1b, 0x5d, 0x0d, 0x0a, 0xc3, 0x28]);
  expect((await passed(false, log.subarray(0, 3), log.subarray(3))).bytes).toEqual(log);
});

it('lets colours alone reach a terminal', async () => {
  const { bytes, log } = await passed(true, 'a \x1b[31mr', 'ed\x1b[0m\r\n\x1b]0;title\x07\tb\rc');
  expect(bytes.toString()).toBe('a \x1b[31mred\x1b[0m\n\\x1b]0;title\\x07\tb\\x0dc');
  expect(log).toContain('\x1b]0;title');
});

it('passes on what is too long to be read', async () => {
  const { bytes, log, isCut } = await passed(false, 'a'.repeat(30), 'b'.repeat(30));
  expect({ length: bytes.length, log, isCut }).toEqual({ length: 60, log: 'a'.repeat(30), isCut: true });
});
