import type { Files } from '../io/files.ts';
import { memberSource, readArchive } from './archive.ts';
import { fileType, type Image, isElf, openImage, sectionFlag, sectionType } from './image.ts';
import { unwinders } from './libc-signs.generated.ts';
import { fileSource, Malformed, type Source } from './source.ts';
import { readSymbols } from './symbols.ts';

/** What an object asks of the program that it is linked into. */
export interface ObjectDemands {
  /** Name of the member; null for an object by itself. */
  member: string | null;
  /** No `.note.GNU-stack`, or one that is executable: the linker then makes the whole stack executable. */
  executableStack: boolean;
  /** A loaded section that is writable and executable. */
  writableCode: boolean;
  /** Symbols of data/libc-signs.yaml that unwind a stack, named or defined. */
  unwinders: string[];
}

/** Members of one archive that are looked at. */
const mostMembers = 20_000;

/** The demands of an object, or of each member of an archive; members that are no ELF objects have none. */
export function readObjectDemands(path: string, files: Files): ObjectDemands[] {
  const archive = readArchive(path, files);
  if (archive === null) {
    const source = fileSource(path, files);
    return source === null ? [] : demandsOf(source, null);
  }
  return archive.members.slice(0, mostMembers).flatMap(({ name }, index) => {
    const source = memberSource(path, archive, index, files);
    return source === null ? [] : demandsOf(source, name);
  });
}

function demandsOf(source: Source, member: string | null): ObjectDemands[] {
  try {
    if (!isElf(source.read(0, Math.min(source.size, 4)))) return [];
    const image = openImage(source);
    if (image.type !== fileType.relocatable) return [];
    const stack = image.sections.find(({ name }) => name === '.note.GNU-stack');
    const both = sectionFlag.write | sectionFlag.exec | sectionFlag.alloc;
    return [
      {
        member,
        executableStack: stack === undefined || (stack.flags & sectionFlag.exec) !== 0,
        writableCode: image.sections.some(({ flags }) => (flags & both) === both),
        unwinders: unwindersIn(image),
      },
    ];
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

function unwindersIn(image: Image): string[] {
  const table = image.sections.find(({ type }) => type === sectionType.symtab);
  if (table === undefined) return [];
  const wanted = new Set(unwinders);
  const found = new Set<string>();
  for (const { name } of readSymbols(image, table)) if (wanted.has(name)) found.add(name);
  return [...found];
}
