import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRows } from './row.ts';
import { readBelongings } from './truth.ts';

/** Rules and data may know general facts only: nothing in them may name what the corpus is made of. */
const places = ['../src', '../data'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

function files(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

/**
 * Words that are a corpus module's alone. Base names that are ordinary words of C or Go (`net`, `user`, `zlib.c`) tell
 * nothing; a name of an archive, of an object, or of a C file that carries the module's own name does.
 */
function forbidden(): string[] {
  const words = new Set<string>();
  for (const row of readRows(new URL('modules.yaml', import.meta.url))) {
    if (row.module === 'std') continue;
    words.add(row.module);
    // A major version is no name, whether it is written `v3` or `3`.
    const path = row.module.replace(/\/v\d+$/, '');
    words.add(path);
    const base = path.split('/').at(-1) ?? '';
    if (!/^\d+$/.test(base) && !ordinaryWords.has(base.toLowerCase())) words.add(base);
    const belongings = readBelongings(row);
    for (const path of belongings?.cgoPackages ?? []) words.add(path);
    for (const { name, sha256 } of belongings?.objects ?? []) {
      words.add(sha256);
      if (!ordinary.has(name)) words.add(name);
    }
    const own = row.module.split('/').filter((part) => part.length > 4 && !/^v\d+$/.test(part));
    for (const name of belongings?.sources ?? []) {
      if (own.some((part) => name.toLowerCase().includes(part.toLowerCase().replace(/^go-|-go$/g, ''))))
        words.add(name);
    }
  }
  return [...words];
}

/** Base names of modules that are words of their own right, or names of libraries that have nothing to do with the module. */
const ordinaryWords = new Set(
  'net user pkg go image zstd docker pam webp dl host daemon signature usb hid opus vulkan storage driver resample time sqlite gl openssl cap psx pam cgo http midi opus btrfs image odbc crypto mobile dialog screenshot cu'.split(
    ' ',
  ),
);

/** Names of libraries that toolchains and systems have too. */
const ordinary = new Set(['libz.a', 'libssl.a', 'libcrypto.a', 'libm.a', 'libpthread.a', 'libdl.a', 'libc.a']);

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/\w/.test(`${text[at - 1] ?? ''}${text[at + word.length] ?? ''}`)) return true;
  }
  return false;
}

describe('src/ and data/', () => {
  const words = forbidden();

  it('knows what to look for', () => {
    expect(words).toContain('github.com/mattn/go-sqlite3');
    expect(words.some((word) => /^[0-9a-f]{64}$/.test(word))).toBe(true);
  });

  it('name no module, archive, object or file of the corpus', () => {
    const found: string[] = [];
    for (const path of places.flatMap(files)) {
      const text = readFileSync(path, 'latin1');
      for (const word of words) if (hasWord(text, word)) found.push(`${path}: ${word}`);
    }
    expect(found).toEqual([]);
  });
});
