/** A position in a source file of a module. */
export interface Place {
  /** Path relative to the root of the module that owns the file, with `/`. */
  file: string;
  /** Line, counted from 1. */
  line: number;
  /** Column in bytes, counted from 1. */
  column: number;
}
