/** A symbol of an ELF object. Local symbols are left out. */
export interface ObjectSymbol {
  name: string;
  binding: 'global' | 'weak' | 'unique';
  /** `tls` and `ifunc` as in the ELF type; `common` has no section yet. */
  kind: 'function' | 'object' | 'tls' | 'ifunc' | 'common' | 'other';
  /** Index of the section that defines it; null when undefined; -1 for absolute and common. */
  section: number | null;
  hidden: boolean;
}

/** A section that holds code or data, and the symbols its relocations name. */
export interface ObjectSection {
  index: number;
  name: string;
  /** Name of its COMDAT group's signature; null outside a group. */
  group: string | null;
  /** Kept even when unused sections are dropped: init arrays, notes, SHF_GNU_RETAIN and the like. */
  retained: boolean;
  /** Whether it holds code. */
  executable: boolean;
  /** Names of global symbols, and indexes of sections of the same object, that it refers to. */
  refersTo: {
    symbols: string[];
    sections: number[];
    /** Names of local IFUNC symbols that it refers to; absent when there are none. */
    ifuncs?: string[];
  };
}

/** Code of gcc for link-time optimisation alone: its symbols stand in a section of its own. */
export interface LtoFacts {
  /** Major version of the bytecode; null when it does not say. */
  version: number | null;
  /** As GNU ld sees them through gcc's plugin; definitions in section 1. */
  symbols: ObjectSymbol[];
}

/** What was read off one object: an ELF relocatable, or something else that is named. */
export interface ObjectFacts {
  format: 'elf' | 'bitcode' | 'macho' | 'coff' | 'empty' | 'other';
  /** ELF type; null outside ELF. */
  type: 'relocatable' | 'executable' | 'shared' | null;
  /** As GOARCH names it where there is a name, else `em-N`. */
  machine: string;
  symbols: ObjectSymbol[];
  sections: ObjectSection[];
  /** Symbol versions it asks of shared libraries, such as `GLIBC_2.34`. */
  versions: string[];
  /** `DT_NEEDED` of a shared object. */
  needed: string[];
  /** Producer strings of `.comment`. */
  comments: string[];
  /** Of an object that holds nothing but gcc's code for link-time optimisation. */
  lto?: LtoFacts;
  /** Of a COFF object: it holds nothing but resources of Windows. */
  resources?: boolean;
  limits: string[];
}

/** An archive by its tables: members are read when they are asked for. */
export interface ArchiveFacts {
  thin: boolean;
  /** Symbol to member index, from the archive's own table in GNU's form; null when it has none. */
  index: Record<string, number> | null;
  /** It has a table in BSD's form, which is not read: its symbols are found in the members as well. */
  bsdIndex?: true;
  members: { name: string; offset: number; size: number }[];
  limits: string[];
}
