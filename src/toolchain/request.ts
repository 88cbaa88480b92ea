import type { Scratch } from '../io/scratch.ts';
import type { Store } from '../io/store.ts';

/** What a musl toolchain is looked for. */
export interface ToolchainRequest {
  /** As in Go. */
  goarch: string;
  /** The environment of the person who asks: PATH, CC, CXX, HOME. */
  environment: Record<string, string | undefined>;
  /** Folder with our own downloads, see `userCacheFolder`; null when there is no place for any. */
  cacheFolder: string | null;
  /** Where what was learned of a compiler is kept. */
  store: Store;
  /**
   * Where a program may be compiled to learn what only a link shows; null when nothing is to be compiled, as `check`
   * wants it. With a cold zig a link takes a minute, since zig builds its musl first.
   */
  scratch: Scratch | null;
  /** Whether only a toolchain with a C++ compiler for musl will do. */
  needsCxx: boolean;
}

/** A compiler that may be a musl toolchain, before anything is known of it. */
export interface Candidate {
  name: 'musl-gcc' | 'zig' | 'native' | 'musl-cross' | 'given';
  /** Where the idea comes from, for a person: `PATH`, `CC`, `--toolchain`, … */
  origin: string;
  cc: string[];
  /** Null when it is known to have no C++ for musl. */
  cxx: string[] | null;
}
