/** What the stages may ask of a disk. Paths are absolute. */
export interface Files {
  /** Bytes of a file; null when there is none. Other errors throw. */
  read(path: string): Uint8Array | null;
  /** Size in bytes of a file; null when there is none. */
  size(path: string): number | null;
  /** `length` bytes from `offset`, fewer at the end of the file; null when there is no such file. */
  readRange(path: string, offset: number, length: number): Uint8Array | null;
  /** Time of the last change in milliseconds since 1970; null when there is no such file. */
  modified(path: string): number | null;
  /**
   * Reads a file into the buffer from its start; returns how many bytes that were, null when there is no such file.
   * A result as long as the buffer may be cut short. For many small files: nothing is allocated.
   */
  readInto(path: string, buffer: Uint8Array): number | null;
  exists(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a folder, sorted; null when there is none. */
  list(path: string): string[] | null;
}
