import type { Files } from '../io/files.ts';
import type { ExecutableView } from '../model/executable.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { goBuildId } from './build-id.ts';
import { readBuildInfo } from './build-info.ts';
import { readCgoCalls } from './cgo-calls.ts';
import { type DynamicFacts, readDynamic } from './dynamic.ts';
import { findSigns, judgeSigns } from './evidence.ts';
import { Fields } from './fields.ts';
import { fileType, type Image, machineName, openImage, sectionType, segmentType } from './image.ts';
import { libcSigns, unwinders } from './libc-signs.generated.ts';
import { readLibcVersion, readProductNote } from './libc-version.ts';
import { readNotes } from './notes.ts';
import { fileSource, Malformed } from './source.ts';
import { readStdMarkers } from './std-marker.ts';
import { type RawSymbol, readSymbols } from './symbols.ts';

/** PATH_MAX of Linux. */
const longestPath = 4096;

/** Reads one ELF executable. Throws Failure when there is no such file, or it is no ELF file, or it is cut short. */
export function readExecutable(path: string, files: Files): ExecutableView {
  if (files.isDirectory(path)) {
    throw new Failure(exitCode.usage, 'this is a folder', path, 'name an executable file');
  }
  const source = fileSource(path, files);
  if (source === null) throw new Failure(exitCode.usage, 'there is no such file', path, 'name an executable file');
  if (source.size === 0) throw new Failure(exitCode.unfinished, 'the file is empty', path, 'build it again');
  try {
    return view(path, openImage(source));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const action = error.message.includes('not an ELF') ? 'name an executable for Linux' : 'build or copy it again';
    throw new Failure(exitCode.unfinished, `the file ${error.message}`, path, action);
  }
}

function view(path: string, image: Image): ExecutableView {
  const dynamic = readDynamic(image);
  const interpreter = readInterpreter(image);
  const notes = readNotes(image);
  const symbols = keptSymbols(image);
  const go = readBuildInfo(image);
  const segment = (wanted: number) => image.segments.find(({ type }) => type === wanted);
  const stack = segment(segmentType.stack);
  const type = executableType(image, interpreter, dynamic);
  const without = type === 'static' && go !== null && isGoAlone(go.settings, segment(segmentType.tls) !== undefined);
  const signs = findSigns({ image, notes, symbols: new Set(symbols?.keys()), interpreter, dynamic });
  const judged = judgeSigns(signs, without);
  const gnuId = notes.find((note) => note.owner === 'GNU' && note.type === 3);
  return {
    path,
    machine: machineName(image),
    type,
    interpreter,
    needed: dynamic?.needed ?? [],
    ...judged,
    libcVersion: judged.libc === 'musl' ? readLibcVersion(image, notes, symbols) : null,
    stripped: symbols === null,
    go,
    rpath: dynamic?.rpath ?? [],
    runpath: dynamic?.runpath ?? [],
    executableStack: stack === undefined ? null : (stack.flags & 1) !== 0,
    stackSize: stack?.memorySize ?? 0,
    writableCode: image.segments
      .filter(({ type: kind, flags }) => kind === segmentType.load && (flags & 3) === 3)
      .map(({ address, memorySize }) => ({ address, size: memorySize })),
    relro: segment(segmentType.relro) !== undefined,
    tls: segment(segmentType.tls)?.memorySize ?? null,
    unwindIndex: segment(segmentType.ehFrame) !== undefined,
    unwinders: symbols === null ? null : unwinders.filter((name) => symbols.has(name)),
    versions: dynamic?.versions ?? [],
    buildIds: {
      gnu: gnuId === undefined ? null : Buffer.from(gnuId.description).toString('hex'),
      go: goBuildId(notes),
    },
    note: readProductNote(notes),
    stdPatches: readStdMarkers(image),
    cgo: go === null ? [] : readCgoCalls(image, go),
    limits:
      image.sections.length === 0
        ? ['The file has no section headers, so symbols and relocations cannot be read.']
        : [],
  };
}

/**
 * Without cgo nothing but Go code is linked. An executable of Go with cgo always has a thread-local segment, since the
 * runtime keeps its `g` there and an outer linker lays it out; one that Go links alone has none.
 */
function isGoAlone(settings: Record<string, string>, tls: boolean): boolean {
  return settings.CGO_ENABLED === '0' || !tls;
}

function executableType(
  image: Image,
  interpreter: string | null,
  dynamic: DynamicFacts | null,
): ExecutableView['type'] {
  if (image.type === fileType.relocatable) return 'relocatable';
  if (image.type === fileType.executable) {
    return interpreter !== null || (dynamic?.needed.length ?? 0) > 0 ? 'dynamic' : 'static';
  }
  if (image.type !== fileType.shared) throw new Malformed('is an ELF file, but neither program nor library');
  if (interpreter !== null && dynamic?.soname == null) return 'dynamic';
  return dynamic?.pie === true ? 'static-pie' : 'shared-object';
}

function readInterpreter(image: Image): string | null {
  const segment = image.segments.find(({ type }) => type === segmentType.interp);
  if (segment === undefined) return null;
  const size = Math.min(segment.fileSize, longestPath);
  return new Fields(image.source.read(segment.offset, size), image.little, image.wide).text(0);
}

/** The symbols that signs, unwinders and the version name; null when the symbol table is gone. */
function keptSymbols(image: Image): Map<string, RawSymbol> | null {
  const table = image.sections.find(({ type }) => type === sectionType.symtab);
  if (table === undefined) return null;
  const wanted = new Set([...unwinders, ...libcSigns.flatMap((sign) => (sign.kind === 'symbol' ? [sign.symbol] : []))]);
  const kept = new Map<string, RawSymbol>();
  for (const symbol of readSymbols(image, table, wanted)) {
    if (symbol.section !== 0 && wanted.has(symbol.name)) kept.set(symbol.name, symbol);
  }
  return kept;
}
