import type { GoBuildInfo } from '../model/executable.ts';
import { Fields, latin1 } from './fields.ts';
import { bytesAt, type Image } from './image.ts';
import { dataRanges, search } from './search.ts';
import { Malformed } from './source.ts';

// Layout: src/debug/buildinfo/buildinfo.go and src/cmd/link/internal/ld/data.go of Go.
const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const headerSize = 32;
const alignment = 16;
const flag = { bigEndian: 1, inline: 2 };
/** The module text stands between two marks of 16 bytes. */
const markSize = 16;
const longestText = 16 * 1024 * 1024;

/** What the Go linker wrote; null when there is nothing of Go in the file. */
export function readBuildInfo(image: Image): GoBuildInfo | null {
  const at = findHeader(image);
  if (at === null) return null;
  try {
    const texts = readTexts(image, at);
    return texts === null || texts.version === '' ? null : parse(texts.version, texts.modules);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function findHeader(image: Image): { offset: number; address: number } | null {
  const named = image.sections.find(({ name }) => name === '.go.buildinfo');
  const ranges = named === undefined ? dataRanges(image) : [named];
  for (const range of ranges) {
    let header: number | null = null;
    search(image.source, range, [magic], (_, offset) => {
      if ((range.address + offset - range.offset) % alignment !== 0) return false;
      header = offset;
      return true;
    });
    if (header !== null) return { offset: header, address: range.address + header - range.offset };
  }
  return null;
}

function readTexts(image: Image, at: { offset: number; address: number }): { version: string; modules: string } | null {
  const header = image.source.read(at.offset, headerSize);
  const flags = header[15] ?? 0;
  if ((flags & flag.inline) !== 0) {
    const first = readInline(image, at.offset + headerSize);
    return { version: first.text, modules: readInline(image, first.end).text };
  }
  const width = header[14] ?? 0;
  if (width !== 4 && width !== 8) return null;
  const fields = new Fields(header, (flags & flag.bigEndian) === 0, width === 8);
  const version = readGoString(image, fields, fields.word(16));
  return { version, modules: readGoString(image, fields, fields.word(16 + width)) };
}

/** A length as varint, then the text (Go 1.18 and newer). */
function readInline(image: Image, offset: number): { text: string; end: number } {
  const head = image.source.read(offset, Math.min(10, Math.max(0, image.source.size - offset)));
  let length = 0;
  let used = 0;
  for (;;) {
    const byte = head[used];
    if (byte === undefined) throw new Malformed('is cut short');
    length += (byte & 127) * 2 ** (7 * used);
    used++;
    if (byte < 128) break;
  }
  if (length > longestText) throw new Malformed('has a build info of more than 16 MiB');
  const start = offset + used;
  return { text: decode(image.source.read(start, length)), end: start + length };
}

/** A Go string header at an address: pointer and length (before Go 1.18). */
function readGoString(image: Image, like: Fields, address: number): string {
  const width = like.wide ? 8 : 4;
  const header = bytesAt(image, address, 2 * width);
  if (header === null || header.length < 2 * width) return '';
  const fields = new Fields(header, like.little, like.wide);
  const length = fields.word(width);
  if (length > longestText) throw new Malformed('has a build info of more than 16 MiB');
  const bytes = bytesAt(image, fields.word(0), length);
  return bytes === null || bytes.length < length ? '' : decode(bytes);
}

/** Keeps the marks' length: they are no UTF-8, so the text is decoded once they are cut off. */
function decode(bytes: Uint8Array): string {
  const framed = bytes.length >= 2 * markSize + 1 && bytes[bytes.length - markSize - 1] === 0x0a;
  const inner = framed ? bytes.subarray(markSize, bytes.length - markSize) : bytes;
  return framed ? Buffer.from(inner).toString('utf8') : latin1(inner);
}

/** Reads the lines `path`, `mod`, `dep`, `=>` and `build` of debug/buildinfo. */
function parse(goVersion: string, modules: string): GoBuildInfo {
  const info: GoBuildInfo = { goVersion, path: '', main: null, deps: [], settings: {} };
  for (const line of modules.split('\n')) {
    const [kind = '', first = '', version = ''] = line.split('\t');
    const last = info.deps.at(-1);
    if (kind === 'path') info.path = first;
    else if (kind === 'mod') info.main = { path: first, version };
    else if (kind === 'dep') info.deps.push({ path: first, version, replacedBy: null });
    else if (kind === '=>' && last !== undefined) last.replacedBy = version === '' ? first : `${first} ${version}`;
    else if (kind === 'build') {
      const setting = readSetting(line.slice('build\t'.length));
      if (setting !== null) Object.assign(info.settings, setting);
    }
  }
  return info;
}

/** `key=value`, either of them quoted as a Go string when it holds blanks or quotes. */
function readSetting(text: string): Record<string, string> | null {
  const parts = /^("(?:[^"\\]|\\.)*"|[^=]*)=(.*)$/.exec(text);
  if (parts === null) return null;
  return { [unquote(parts[1] ?? '')]: unquote(parts[2] ?? '') };
}

function unquote(text: string): string {
  if (text.startsWith('`') && text.endsWith('`') && text.length >= 2) return text.slice(1, -1);
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    // Go's \x and octal escapes are no JSON; the text is then shown as it stands.
    return text;
  }
}
