import type { Spellings } from './spelling.ts';

/** What a keyword of GNU C does where the resolver meets it. */
export type KeywordClass =
  | 'storage'
  | 'type'
  | 'struct'
  | 'enum'
  | 'typeof'
  | 'attribute'
  | 'statement'
  | 'operator'
  | 'offsetof'
  | 'generic'
  | 'asm'
  | 'assert'
  | 'identifier';

export interface Keyword {
  class: KeywordClass;
  text: string;
  /** Bytes of a type keyword on 64-bit Linux; 0 where another keyword tells. */
  size: number;
}

/** Keywords of C17 with GNU's spellings, as gcc 12 and clang read them (gcc/c-family/c-common.cc, clang TokenKinds.def). */
const table: [KeywordClass, string][] = [
  ['storage', 'auto extern register static typedef const volatile restrict inline _Noreturn _Thread_local __thread'],
  ['storage', '__const __const__ __volatile __volatile__ __restrict __restrict__ __inline __inline__ __signed_const'],
  ['storage', '__extension__ _Nonnull _Nullable _Null_unspecified __complex __complex__ _Complex __unaligned'],
  ['storage', '__auto_type_storage __cdecl __stdcall __fastcall __vectorcall __forceinline _Atomic __seg_fs __seg_gs'],
  ['struct', 'struct union'],
  ['enum', 'enum'],
  ['typeof', 'typeof __typeof __typeof__ typeof_unqual _BitInt'],
  ['attribute', '__attribute__ __attribute __declspec _Alignas alignas'],
  ['statement', 'if else while for do switch case default return goto break continue __label__'],
  ['operator', 'sizeof _Alignof __alignof __alignof__ __real __real__ __imag __imag__ __builtin_types_compatible_p'],
  ['operator', '__builtin_va_arg va_arg __builtin_choose_expr __builtin_convertvector'],
  // The macros of <stddef.h> and <stdarg.h> too: they are still there where no header text was read.
  ['offsetof', '__builtin_offsetof offsetof'],
  ['generic', '_Generic'],
  ['asm', 'asm __asm __asm__'],
  ['assert', '_Static_assert static_assert'],
  ['identifier', '__func__ __FUNCTION__ __PRETTY_FUNCTION__ __null'],
];

const types: [string, number][] = [
  ['void', 1],
  ['char', 1],
  ['_Bool', 1],
  ['short', 2],
  ['int', 4],
  ['long', 8],
  ['float', 4],
  ['double', 8],
  ['signed', 0],
  ['__signed', 0],
  ['__signed__', 0],
  ['unsigned', 0],
  ['__int128', 16],
  ['__int128_t', 16],
  ['__uint128_t', 16],
  ['_Float16', 2],
  ['__fp16', 2],
  ['__bf16', 2],
  ['_Float32', 4],
  ['_Float64', 8],
  ['_Float128', 16],
  ['__float128', 16],
  ['__float80', 16],
  ['__ibm128', 16],
  ['_Float32x', 8],
  ['_Float64x', 16],
  ['_Decimal32', 4],
  ['_Decimal64', 8],
  ['_Decimal128', 16],
  ['__builtin_va_list', 24],
  ['__builtin_ms_va_list', 8],
  ['__auto_type', 8],
  ['_Accum', 8],
  ['_Sat', 0],
];

/** Keywords by spelling id. `c23` adds those that `-std=c23` makes keywords. */
export function keywordsOf(spellings: Spellings, c23: boolean): ReadonlyMap<number, Keyword> {
  const known = tables[c23 ? 1 : 0];
  let map = known.get(spellings);
  if (map === undefined) {
    map = makeTable(spellings, c23);
    known.set(spellings, map);
  }
  return map;
}

const tables = [
  new WeakMap<Spellings, Map<number, Keyword>>(),
  new WeakMap<Spellings, Map<number, Keyword>>(),
] as const;

function makeTable(spellings: Spellings, c23: boolean): Map<number, Keyword> {
  const map = new Map<number, Keyword>();
  const add = (kind: KeywordClass, text: string, size: number) =>
    map.set(spellings.of(text), { class: kind, text, size });
  for (const [kind, texts] of table) for (const text of texts.split(' ')) add(kind, text, 0);
  for (const [text, size] of types) add('type', text, size);
  if (c23) {
    add('type', 'bool', 1);
    for (const text of ['thread_local', 'constexpr']) add('storage', text, 0);
    for (const text of ['true', 'false', 'nullptr']) add('identifier', text, 0);
    add('operator', 'alignof', 0);
  }
  return map;
}
