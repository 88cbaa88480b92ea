import type { Download } from '../io/download.ts';

/**
 * One step of a build. Words may hold `{prefix}` (where the library will stand), `{stage}` (DESTDIR), `{own}` (the
 * recipe's folder), `{jobs}`, `{triple}`, `{machine}` (its first part), `{goarch}`, and the folder of a library that is
 * needed, by its name; a word `{host}` becomes `--host=TRIPLE` where what is built cannot run here, and goes away where it
 * can.
 */
export type Step =
  /** A command without a shell, in the folder of the source. */
  | { run: string[]; in?: string }
  /** Files or folders of the source, by path with `*` in the last part, or of the recipe behind `{own}/`, into a folder of the library. */
  | { copy: string[]; to: string }
  /** C or C++ files into an archive of the library, where the source's own build is not needed. */
  | { compile: string[]; flags?: string[]; archive: string }
  /** A .pc file, where the source has none that fits a static library. */
  | { pc: { name: string; cflags?: string; libs: string; requires?: string } };

/** How one C library is built for musl; recipes/<name>/recipe.yaml. */
export interface Recipe {
  name: string;
  title: string;
  version: string;
  /** SPDX expression. */
  licence: string;
  /** Files of the source that hold the licence. */
  licenceFiles: string[];
  /** Where the source is; null when the files beside the recipe are the source. */
  source: Download | null;
  /** By which names programs ask for it. A header that ends with `/` stands for all below that folder. */
  provides: { pkgConfig: string[]; headers: string[]; libraries: string[] };
  /** Names of recipes that it is built with, and linked with. */
  needs: string[];
  /** Whether it is built with the kernel's headers. */
  kernelHeaders: boolean;
  /** Whether it is C++, which only some toolchains have for musl. */
  cxx: boolean;
  /** Programs that its build starts, beside make and tar. */
  tools: string[];
  /** What it does not do in a static program, one sentence; null when nothing is known. */
  limit: string | null;
  /** Architectures it is for; empty for all. */
  goarch: string[];
  /** Linker words for programs that have it from glibc, and so name no library. */
  adds: string[];
  environment: Record<string, string>;
  steps: Step[];
  /** C file of the recipe that uses the library, and what its run must print. */
  proof: { file: string; prints: string };
  /** Text of every file beside recipe.yaml. */
  files: Record<string, string>;
  /** Of all its text. */
  hash: string;
}
