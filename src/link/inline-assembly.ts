import type { Files } from '../io/files.ts';
import type { GraphPackage } from '../model/package-graph.ts';

/** `asm`, its qualifiers, and the string literals that make up its template. */
const statement =
  /\b(?:__)?asm(?:__)?\s*(?:(?:__)?(?:volatile|inline|goto)(?:__)?\s*)*\(\s*(?<template>(?:"(?:[^"\\\n]|\\.)*"\s*)+)/g;

/** Names that an assembler template makes: labels, and what `.globl` and `.set` speak of. */
function namesOf(template: string): string[] {
  const text = template
    .replace(/"\s*"/g, '')
    .replace(/\\[nt]/g, '\n')
    .replaceAll('"', '');
  const labels = [...text.matchAll(/(?:^|[\s;])(?<name>[A-Za-z_$.][\w$.]*):/g)];
  const directives = [...text.matchAll(/\.(?:globa?l|set|equ|weak)\s+(?<name>[A-Za-z_$.][\w$.]*)/g)];
  return [...labels, ...directives].flatMap((match) => match.groups?.name ?? []);
}

/**
 * Symbols that a package's C and C++ files may define by inline assembly, whatever the conditions around it: the
 * compiler hands the text on to the assembler, so no declaration tells of them.
 */
export function namesInInlineAssembly(pkg: GraphPackage, files: Files): Set<string> {
  const names = new Set<string>();
  for (const name of [...pkg.cFiles, ...pkg.cxxFiles, ...pkg.hFiles, ...pkg.cgoFiles]) {
    const bytes = files.read(`${pkg.dir}/${name}`);
    if (bytes === null || !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('asm')) continue;
    for (const match of new TextDecoder().decode(bytes).matchAll(statement)) {
      for (const found of namesOf(match.groups?.template ?? '')) names.add(found);
    }
  }
  return names;
}
