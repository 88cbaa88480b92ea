import { readTable } from '../io/data.ts';

/** A fault of Go's standard library on musl that a newer Go has not. data/go-faults.yaml. */
export interface GoFault {
  /** Its folder under patches/. */
  patch: string;
  /** Go versions [since, repaired) have it. */
  since: string;
  repaired: string;
  /** The package of std that has it, and whether only where that works through C. */
  package: string;
  cgo: boolean;
  /** First musl version with which it shows; absent: all. */
  musl?: string;
  /** One sentence each. */
  what: string;
  why: string;
}

/** All of them, in the order of the file. */
export function goFaults(): GoFault[] {
  return (readTable('go-faults.yaml') as { faults: GoFault[] }).faults;
}
