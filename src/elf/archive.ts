import { dirname, isAbsolute, join } from 'node:path/posix';
import type { Files } from '../io/files.ts';
import type { ArchiveFacts } from '../model/object.ts';
import { Fields, latin1 } from './fields.ts';
import { fileSource, Malformed, type Source } from './source.ts';

const magicSize = 8;
const headerSize = 60;
const mostMembers = 500_000;
/** Entries of an index: all of LLVM has a tenth of that. */
const mostEntries = 4_000_000;
/** PATH_MAX of Linux: members of a thin archive are paths. */
const longestName = 4096;

/**
 * Reads an ar archive by its tables: GNU and BSD names, thin archives, 32- and 64-bit indexes. Null when the file is
 * none, or no archive. What is cut or malformed ends the list and is a limit.
 */
export function readArchive(path: string, files: Files): ArchiveFacts | null {
  const source = fileSource(path, files);
  if (source === null || source.size < magicSize) return null;
  const magic = latin1(source.read(0, magicSize));
  if (magic !== '!<arch>\n' && magic !== '!<thin>\n') return null;
  const facts: ArchiveFacts = { thin: magic === '!<thin>\n', index: null, members: [], limits: [] };
  try {
    walk(source, facts);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    facts.limits.push(`The archive ${error.message}.`);
  }
  return facts;
}

function walk(source: Source, facts: ArchiveFacts): void {
  let longNames: Uint8Array = new Uint8Array(0);
  let index: { bytes: Uint8Array; width: number } | null = null;
  const memberAt = new Map<number, number>();
  let offset = magicSize;
  while (offset < source.size) {
    const header = latin1(source.read(offset, headerSize));
    if (header.slice(58) !== '`\n') throw new Malformed('has a member header that is none');
    const written = header.slice(48, 58).trimEnd();
    if (!/^\d+$/.test(written)) throw new Malformed('has a member without a size');
    const size = Number(written);
    const name = header.slice(0, 16).trimEnd();
    const data = offset + headerSize;
    const table = name === '/' || name === '/SYM64/' || name === '//';
    const inside = table || !facts.thin;
    if (inside && data + size > source.size) throw new Malformed('is cut short');
    if (name === '/' || name === '/SYM64/') index ??= { bytes: source.read(data, size), width: name === '/' ? 4 : 8 };
    else if (name === '//') longNames = source.read(data, size);
    else addMember(source, facts, memberAt, { name, header: offset, data, size }, longNames);
    if (facts.members.length > mostMembers) throw new Malformed(`has more than ${mostMembers} members`);
    offset = data + (inside ? size + (size % 2) : 0);
  }
  if (index !== null) facts.index = readIndex(index.bytes, index.width, memberAt);
}

function addMember(
  source: Source,
  facts: ArchiveFacts,
  memberAt: Map<number, number>,
  member: { name: string; header: number; data: number; size: number },
  longNames: Uint8Array,
): void {
  let { name, data, size } = member;
  if (/^#1\/\d+$/.test(name)) {
    const length = Number(name.slice(3));
    if (length > size) throw new Malformed('has a name that is longer than its member');
    if (length > longestName) throw new Malformed(`has a name of more than ${longestName} bytes`);
    name = latin1(source.read(data, length)).split('\0')[0] ?? '';
    data += length;
    size -= length;
  } else if (/^\/\d+/.test(name)) {
    const start = Number(/^\/(\d+)/.exec(name)?.[1]);
    const room = longNames.subarray(start, start + longestName + 1);
    const end = room.indexOf(0x0a);
    name = latin1(room.subarray(0, end < 0 ? room.length : end)).replace(/\/$/, '');
    if (name.length > longestName) throw new Malformed(`has a name of more than ${longestName} bytes`);
  } else if (name.endsWith('/')) name = name.slice(0, -1);
  if (name === '__.SYMDEF' || name === '__.SYMDEF SORTED' || name === '__.SYMDEF_64') {
    facts.bsdIndex = true;
    return;
  }
  memberAt.set(member.header, facts.members.length);
  facts.members.push({ name, offset: facts.thin ? 0 : data, size });
}

/** Symbols to members: of several members that define one, the first in the index. Numbers are big-endian always. */
function readIndex(bytes: Uint8Array, width: number, memberAt: Map<number, number>): Record<string, number> {
  const fields = new Fields(bytes, false, width === 8);
  const count = fields.word(0);
  if (count > mostEntries) throw new Malformed(`has an index of more than ${mostEntries} symbols`);
  if (width * (count + 1) > bytes.length) throw new Malformed('has an index that is cut short');
  const index: Record<string, number> = Object.create(null) as Record<string, number>;
  let at = width * (count + 1);
  for (let entry = 1; entry <= count; entry++) {
    const name = fields.text(at);
    at += name.length + 1;
    const member = memberAt.get(fields.word(width * entry));
    if (member === undefined) throw new Malformed('has an index that points beside its members');
    index[name] ??= member;
  }
  return index;
}

/** The bytes of a member; of a thin archive, those of the file that it names. Null when they are not there. */
export function memberSource(path: string, archive: ArchiveFacts, index: number, files: Files): Source | null {
  const member = archive.members[index];
  if (member === undefined) return null;
  if (!archive.thin) return fileSource(path, files, member.offset, member.size);
  return fileSource(isAbsolute(member.name) ? member.name : join(dirname(path), member.name), files);
}
