// The shapes of data/libc that the generator reads. data/libc/README.md explains each field.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './generated.ts';

export interface FunctionRow {
  name: string;
  kind: 'func' | 'var';
  glibc_lib?: string;
  glibc_hdr?: string;
  glibc_vis?: string;
  musl_since: string | null;
  musl_removed: string | null;
  musl_hdr?: string;
  musl_vis?: string;
  st: string;
  st_1_2_5?: string;
  st_debian_1_2_3?: string;
  grp?: string;
  type_differs?: 1;
}

export interface MacroRow {
  name: string;
  kind: 'macro' | 'fmacro' | 'enum';
  glibc_hdr?: string;
  glibc_vis?: string;
  musl_since: string | null;
  musl_removed?: string;
  musl_hdr?: string;
  musl_vis?: string;
  st: string;
  st_1_2_5?: string;
  st_debian_1_2_3?: string;
  diff?: unknown;
}

export interface TypeRow {
  name?: string;
  kind?: string;
  glibc_hdr?: string;
  glibc_vis?: string;
  musl_since?: string | null;
  musl_removed?: string;
  musl_hdr?: string;
  musl_vis?: string;
  st?: string;
  st_1_2_5?: string;
  st_debian_1_2_3?: string;
  size?: unknown;
  missing_fields?: unknown;
  /** A group: types that only this header, which musl lacks, declares. */
  missing_header?: string;
  names?: string[];
}

export interface MuslOnlyRow {
  name: string;
  kind: 'func' | 'var' | 'type' | 'macro' | 'fmacro';
  musl_hdr: string;
  musl_vis: string;
  musl_since?: string;
}

export interface HeaderRow {
  hdr: string;
  org: 'glibc' | 'kernel' | 'compiler' | 'musl' | 'libxcrypt' | 'third-party';
  musl_since: string | null;
  musl_removed?: string;
  debian_musl?: 0 | 1;
}

export interface SymbolRow {
  name: string;
  cat: string;
  lib?: string;
  musl_since: string | null;
  musl_removed?: string;
  provided_by?: string;
}

export interface LibraryRow {
  lib: string;
  musl: string | null;
  glibc_pkg?: string | null;
  'debian_bookworm_1.2.3'?: boolean;
}

export interface Recorded {
  hdr?: string;
  in: string[];
  names: string[];
}

export interface DebianRow {
  version: string;
  symbols_added: string[];
  symbols_dropped: string[];
  headers_added: string[];
  headers_dropped: string[];
  macros_added: string[];
}

/** What this repository measured beyond the tables. */
export interface CorrectionRow {
  name: string;
  musl_vis_1_2_3?: string;
  musl_since?: string;
}

/** The rows of one table of data/libc. */
export function rows<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(root, 'data/libc', `${name}.json`), 'utf8')) as T[];
}
