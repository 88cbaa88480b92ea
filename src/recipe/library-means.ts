import type { Processes } from '../io/processes.ts';
import type { Store } from '../io/store.ts';
import type { Toolchain } from '../model/target.ts';
import type { InstallMeans } from '../toolchain/install.ts';

/** What the build of a library needs of the world. */
export interface LibraryMeans extends InstallMeans {
  processes: Processes;
  store: Store;
  environment: Record<string, string | undefined>;
  toolchain: Toolchain;
  /** As in Go, of what is built. */
  goarch: string;
  /** As in Go, of this machine. */
  host: string;
  /** Folder with the kernel's headers alone; null when the machine has none. */
  kernelHeaders: string | null;
  /** Path of a script that answers as pkg-config does, from our own reader. */
  pkgConfig: string;
  /** SHA-256 of a file, in hexadecimal. */
  sha256(path: string): Promise<string>;
  /** Copies a file, or a folder with all in it; links are followed. */
  copy(from: string, to: string): void;
  /** Appends to a file. */
  append(path: string, text: string): void;
  /** Told to a person, one line. */
  say(text: string): void;
}
