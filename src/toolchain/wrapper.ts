// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that
import { readTable } from '../io/data.ts';
import type { Store } from '../io/store.ts';
import type { Toolchain } from '../model/target.ts';

/** One argument that a compiler refuses, see data/toolchain-arguments.yaml. */
export interface ArgumentRow {
  match?: string;
  begins?: string;
  becomes?: string[];
  last?: boolean;
  zeroes?: boolean;
  why: string;
}

/** The rows of data/toolchain-arguments.yaml, in the order that they are tried. */
export interface ArgumentTable {
  /** For whole arguments. */
  zig: ArgumentRow[];
  /** For the words of `-Wl,…`; a word after `-z` is one with it. */
  zigLinker: ArgumentRow[];
  /** Flags that cmd/link tries on the linker, each with a link of its own. */
  goTries: string[];
}

/** What zig refuses and what it is given instead. */
export function zigArguments(): ArgumentTable {
  return readTable('toolchain-arguments.yaml') as ArgumentTable;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One row as an arm of `case`: `take` makes the command that takes the words in its place. */
function arm(row: ArgumentRow, variable: string, take: (words: string[]) => string): string {
  const { match, begins, becomes, zeroes } = row;
  const pattern = match === undefined ? `${quoted(begins ?? '')}*` : quoted(match);
  const words = (becomes ?? []).map((word) =>
    word.endsWith('{rest}')
      ? `${quoted(word.slice(0, -'{rest}'.length))}"\${${variable}#${quoted(begins ?? '')}}"`
      : quoted(word),
  );
  return `${pattern}) ${zeroes ? 'zero=yes ' : ''}${words.length === 0 ? '' : take(words)};;`;
}

/** Answers cmd/link's tries of flags, `[-mMACHINE] -o FOLDER/a.out FLAG FOLDER/trivial.c`, that a probe found taken. */
function answers(taken: string[]): string[] {
  if (taken.length === 0) return [];
  return [
    'tried=$*',
    'case $#$tried in 5-m*) tried=${tried#* } ;; esac',
    'case $#$tried in',
    ...taken.map((flag) => `  [45]'-o '*/go-link-*/a.out\\ ${quoted(flag)}\\ */go-link-*/trivial.c) exit 0 ;;`),
    'esac',
  ];
}

/** A POSIX shell script that translates its arguments and becomes the command. `taken`: flags not to try again. */
export function wrapperScript(command: string[], table: ArgumentTable, taken: string[]): string {
  return [
    '#!/bin/sh',
    '# Written by gomusl: translates arguments that the compiler refuses.',
    ...answers(taken),
    'last=',
    'zero=',
    'left=$#',
    'while [ "$left" -gt 0 ]; do',
    '  word=$1',
    '  shift',
    '  left=$((left - 1))',
    '  case $word in',
    '    -Wl,*)',
    '      rest=${word#-Wl,}',
    '      kept=',
    '      while [ -n "$rest" ]; do',
    '        part=${rest%%,*}',
    '        case $rest in *,*) rest=${rest#*,} ;; *) rest= ;; esac',
    '        if [ "$part" = -z ] && [ -n "$rest" ]; then',
    '          part="-z ${rest%%,*}"',
    '          case $rest in *,*) rest=${rest#*,} ;; *) rest= ;; esac',
    '        fi',
    '        case $part in',
    ...table.zigLinker.map(
      (row) =>
        `          ${arm(row, 'part', (words) => (row.last ? `last="$last -Wl,"${words.join(',')} ` : `kept=$kept,${words.join(',')} `))}`,
    ),
    '          "-z "*) kept="$kept,-z,${part#-z }" ;;',
    '          *) kept=$kept,$part ;;',
    '        esac',
    '      done',
    '      [ -z "$kept" ] || set -- "$@" "-Wl$kept"',
    '      ;;',
    ...table.zig.map(
      (row) =>
        `    ${arm(row, 'word', (words) => (row.last ? `last="$last "${words.join(' ')} ` : `set -- "$@" ${words.join(' ')} `))}`,
    ),
    '    *) set -- "$@" "$word" ;;',
    '  esac',
    'done',
    // Words of the table alone, without blanks.
    `[ -n "$zero" ] || exec ${command.map(quoted).join(' ')} "$@" $last`,
    ...zeroingLink(command.map(quoted).join(' ')),
    '',
  ].join('\n');
}

/**
 * Lines that link, and link again with each symbol at 0 that the linker found no definition of: what GNU ld does by
 * --unresolved-symbols in a static program. Names of C++, which lld shows in full, are left to its own message.
 */
function zeroingLink(command: string): string[] {
  return [
    'folder=$(mktemp -d) || exit 1',
    `trap 'rm -rf "$folder"' EXIT`,
    `trap 'exit 1' HUP INT TERM`,
    `${command} "$@" $last 2>"$folder/said" && { cat "$folder/said" >&2; exit 0; }`,
    'code=$?',
    `sed -n 's/^.*undefined symbol: \\([A-Za-z_][A-Za-z0-9_]*\\)$/\\1/p' "$folder/said" | sort -u >"$folder/names"`,
    '[ -s "$folder/names" ] || { cat "$folder/said" >&2; exit $code; }',
    `while read -r name; do printf '.globl %s\\n.set %s, 0\\n' "$name" "$name"; done <"$folder/names" >"$folder/zero.s"`,
    `${command} -c "$folder/zero.s" -o "$folder/zero.o" || exit 1`,
    `${command} "$@" "$folder/zero.o" $last`,
  ];
}

/** Says that there is no C++ for musl: without it cmd/go would link with the host's C++ compiler, and glibc. */
function refusingScript(name: string): string {
  return [
    '#!/bin/sh',
    `echo "gomusl: ${name} has no C++ compiler for musl: use --toolchain zig, or set CXX" >&2`,
    'exit 1',
    '',
  ].join('\n');
}

/**
 * The commands by which a build calls the toolchain. zig goes through scripts of one word: cmd/link probes the linker
 * with the first word of CC alone, and so never learns what `zig cc` can. `taken`: flags for which the scripts answer
 * cmd/link at once, see linker-tries.ts. CXX is always set.
 */
export function compilerCommands(
  toolchain: Toolchain,
  store: Store,
  taken: string[] = [],
): { cc: string[]; cxx: string[] } {
  if (toolchain.name === 'zig') {
    const table = zigArguments();
    const cxx = toolchain.cxx ? wrapperScript(toolchain.cxx, table, taken) : refusingScript('zig');
    const folder = store.tree('zig', {
      'zig-cc': { text: wrapperScript(toolchain.cc, table, taken), mode: 0o755 },
      'zig-c++': { text: cxx, mode: 0o755 },
    });
    return { cc: [`${folder}/zig-cc`], cxx: [`${folder}/zig-c++`] };
  }
  if (toolchain.cxx) return { cc: toolchain.cc, cxx: toolchain.cxx };
  const folder = store.tree('no-cxx', { 'no-c++': { text: refusingScript(toolchain.name), mode: 0o755 } });
  return { cc: toolchain.cc, cxx: [`${folder}/no-c++`] };
}
