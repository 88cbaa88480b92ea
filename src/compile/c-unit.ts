import type { Unit } from '../model/view.ts';
import { nameUses, type Shown, tellsOf } from './name-uses.ts';
import type { Owner } from './owner.ts';
import { type Translation, translate } from './translate.ts';
import { unitOf } from './unit.ts';

/** Translates one C or C++ file. `path` is absolute. */
export function sourceUnit(
  path: string,
  bytes: Uint8Array,
  translation: Translation,
  ownerOf: (path: string) => Owner,
): { unit: Unit; limit: string | null } {
  const { cache, libc, compiler } = translation;
  const cxx = compiler.language === 'c++';
  const main = cache.parse(path, bytes, cxx);
  const translated = translate(main, translation);
  const { files, limit } = translated.text;
  const shownAt = (index: number, position: number): Shown => {
    const file = files[index]?.file;
    const onDisk = file?.path.startsWith('/') ? file : main;
    const owner = ownerOf(onDisk.path);
    const at = onDisk === file ? position : 0;
    return { place: { file: owner.file, ...onDisk.source.at(at) }, placeModule: owner.module };
  };
  const tells = tellsOf(translated, translation);
  const names = nameUses(translated, shownAt, (use) => tells(use.name, use.token));
  const file = ownerOf(path).file;
  const unit = unitOf(file, cxx ? 'cxx' : 'c', translated, names, translation.implicit, shownAt, cache, libc);
  return { unit, limit };
}
