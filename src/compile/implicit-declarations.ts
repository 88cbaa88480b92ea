import type { Toolchain } from '../model/target.ts';

/** First major versions in which a call to an undeclared function is an error: gcc's and clang's release notes. */
const errorSince = { gcc: 14, clang: 16 } as const;

/** C before 1999 has implicit declarations: no compiler refuses them there. */
const oldStandard = /^(c|gnu)(89|90)$|^iso9899:(1990|199409)$/;

/**
 * What the compiler makes of a call to an undeclared function. `words` are the unit's flags in order; `standard` is
 * what `-std=` says. Without a toolchain: gcc of today.
 */
export function implicitDeclarations(
  words: readonly string[],
  standard: string | null,
  compiler: Toolchain['compiler'] | null,
): 'error' | 'warning' {
  const family = compiler?.family ?? 'gcc';
  const major = Number.parseInt(compiler?.version ?? '', 10);
  const old = standard !== null && oldStandard.test(standard);
  let refused = !old && (Number.isNaN(major) ? true : major >= errorSince[family]);
  let shown = !old;
  let all = false;
  let silenced = false;
  for (const word of words) {
    if (word === '-w') silenced = true;
    else if (word === '-Werror') all = true;
    else if (word === '-Wno-error') all = false;
    else if (word === '-fpermissive' && family === 'gcc') refused = false;
    else if (word === '-pedantic-errors') refused = !old;
    else if (/^-W(error=|error-)implicit(-function-declaration)?$/.test(word)) refused = true;
    else if (/^-Wno-error=implicit(-function-declaration)?$/.test(word)) refused = false;
    else if (/^-Wno-implicit(-function-declaration)?$/.test(word)) {
      refused = false;
      shown = false;
    } else if (/^-Wimplicit(-function-declaration)?$|^-Wall$/.test(word)) shown = true;
  }
  return refused || (all && shown && !silenced) ? 'error' : 'warning';
}
