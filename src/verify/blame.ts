import type { ImportedSymbol } from '../elf/imports.ts';
import { type ObjectDemands, readObjectDemands } from '../elf/object-demands.ts';
import type { Files } from '../io/files.ts';
import type { Bringer, ExecutableView } from '../model/executable.ts';
import type { Place } from '../model/place.ts';
import type { LinkedC } from './linked-c.ts';

/** What the search for who brought a sign reads. */
export interface Traces {
  view: ExecutableView;
  linked: LinkedC[];
  imports: ImportedSymbol[];
}

/** Archives and objects that are opened; a program that links more is blamed by its words alone. */
const mostObjects = 200;

/**
 * Who brought what the rules GM501 to GM508 complain of: by the `#cgo` lines, objects and sources of the modules, and by
 * the symbols that ties a package's calls to a shared library. Only for signs that the file shows.
 */
export function bringersOf(traces: Traces, files: Files): Bringer[] {
  const { view } = traces;
  const found: Bringer[] = [];
  for (const library of view.needed) found.push(...ofNeeded(library, traces, files));
  if (view.rpath.length + view.runpath.length > 0) {
    found.push(...ofFlags(traces, 'library-path', /rpath|^-R/, files));
  }
  if (view.writableCode.length > 0) found.push(...ofFlags(traces, 'writable-code', /^-Wl,(-N|--omagic)$|^-z$/, files));
  const demanded = view.executableStack === true || view.writableCode.length > 0 || needsIndex(view);
  if (demanded) found.push(...ofObjects(traces, files));
  if (view.libc === 'glibc' && view.type !== 'dynamic') found.push(...ofCxx(traces, 'glibc'));
  return found;
}

function needsIndex(view: ExecutableView): boolean {
  return !view.unwindIndex && (view.unwinders?.length ?? 0) > 0;
}

function bringer(one: LinkedC, sign: Bringer['sign'], name: string, says: string, place: Place | null): Bringer {
  return { sign, name, package: one.package, module: one.module.path, place, says };
}

/** By a `-l` that names it; else by the calls of symbols whose version is of that library. */
function ofNeeded(library: string, { view, linked, imports }: Traces, files: Files): Bringer[] {
  const base = /^lib(.+?)\.so/.exec(library)?.[1] ?? library;
  const named = linked.flatMap((one) => {
    const word = one.ldflags.find((flag) => flag === `-l${base}` || flag.endsWith(`/${library}`));
    if (word !== undefined)
      return [bringer(one, 'needed', library, `its #cgo line has ${word}`, lineOf(one, word, files))];
    const asked = one.pkgConfig.find((name) => name === base || name === `lib${base}`);
    if (asked === undefined) return [];
    return [bringer(one, 'needed', library, `its #cgo line asks pkg-config for ${asked}`, lineOf(one, asked, files))];
  });
  if (named.length > 0) return named;
  const symbols = new Set(imports.filter((symbol) => symbol.library === library).map(({ name }) => name));
  return view.cgo.flatMap(({ package: path, module, functions }) => {
    const called = functions.filter((name) => symbols.has(name));
    if (called.length === 0) return [];
    const says = `it calls ${called.slice(0, 3).join(', ')}`;
    return [{ sign: 'needed' as const, name: library, package: path, module, place: null, says }];
  });
}

function ofFlags({ linked }: Traces, sign: Bringer['sign'], wanted: RegExp, files: Files): Bringer[] {
  return linked.flatMap((one) => {
    const word = one.ldflags.find((flag) => wanted.test(flag));
    return word === undefined ? [] : [bringer(one, sign, word, `its #cgo line has ${word}`, lineOf(one, word, files))];
  });
}

/** By objects and archives of the packages, and by sources of assembly without a word on the stack. */
function ofObjects({ view, linked }: Traces, files: Files): Bringer[] {
  let left = mostObjects;
  return linked.flatMap((one) => {
    const found: Bringer[] = [];
    for (const path of one.objects) {
      if (--left < 0) break;
      const file = { file: path.slice((one.module.dir?.length ?? 0) + 1), line: 1, column: 1 };
      const add = (sign: Bringer['sign'], has: (demands: ObjectDemands) => boolean, says: string) => {
        const guilty = demands.find(has);
        if (guilty === undefined) return;
        const where = guilty.member === null ? file.file : `${file.file}(${guilty.member})`;
        found.push(bringer(one, sign, where, `${where} ${says}`, file));
      };
      const demands = readObjectDemands(path, files);
      if (view.executableStack === true) {
        add('executable-stack', (object) => object.executableStack, 'has no .note.GNU-stack that forbids it');
      }
      if (view.writableCode.length > 0) {
        add('writable-code', (object) => object.writableCode, 'has a section that is writable and executable');
      }
      if (needsIndex(view)) add('unwinder', (object) => object.unwinders.length > 0, 'throws or catches');
    }
    if (view.executableStack === true) found.push(...ofAssembly(one, files));
    if (needsIndex(view)) found.push(...ofCxx({ linked: [one] }, 'unwinder'));
    return found;
  });
}

function ofAssembly(one: LinkedC, files: Files): Bringer[] {
  return one.assembly.flatMap((name) => {
    const path = `${one.dir}/${name}`;
    const bytes = files.read(path);
    if (bytes === null || Buffer.from(bytes).includes('.note.GNU-stack')) return [];
    const file = path.slice((one.module.dir?.length ?? 0) + 1);
    const place = { file, line: 1, column: 1 };
    return [bringer(one, 'executable-stack', file, `${file} has no section .note.GNU-stack`, place)];
  });
}

/** C++ sources: they may throw, and Go links a program that has them with CXX. */
function ofCxx({ linked }: Pick<Traces, 'linked'>, sign: Bringer['sign']): Bringer[] {
  return linked.flatMap((one) => {
    const [name] = one.cxx;
    if (name === undefined) return [];
    const file = `${one.dir}/${name}`.slice((one.module.dir?.length ?? 0) + 1);
    return [bringer(one, sign, file, `${file} is C++`, { file, line: 1, column: 1 })];
  });
}

/** The `#cgo` line of a package that has the word; null when none shows it as it stands. */
function lineOf(one: LinkedC, word: string, files: Files): Place | null {
  for (const name of one.preambles) {
    const bytes = files.read(`${one.dir}/${name}`);
    if (bytes === null) continue;
    const lines = new TextDecoder().decode(bytes).split('\n');
    const at = lines.findIndex((line) => line.includes('#cgo') && line.split(/\s+/).includes(word));
    if (at < 0) continue;
    const file = `${one.dir}/${name}`.slice((one.module.dir?.length ?? 0) + 1);
    return { file, line: at + 1, column: (lines[at] ?? '').indexOf('#cgo') + 1 };
  }
  return null;
}
