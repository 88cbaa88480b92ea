/** The fields of `go list -json` that are read; only these are asked for, since the others are ten times as much text. */
export const listedFields = [
  'Dir',
  'ImportPath',
  'Name',
  'Standard',
  'DepOnly',
  'Match',
  'Module',
  'GoFiles',
  'CgoFiles',
  'IgnoredGoFiles',
  'CFiles',
  'CXXFiles',
  'MFiles',
  'HFiles',
  'FFiles',
  'SFiles',
  'SwigFiles',
  'SwigCXXFiles',
  'SysoFiles',
  'TestGoFiles',
  'XTestGoFiles',
  'CgoCFLAGS',
  'CgoCPPFLAGS',
  'CgoCXXFLAGS',
  'CgoLDFLAGS',
  'CgoPkgConfig',
  'Imports',
  'Error',
] as const;

type FileList =
  | 'GoFiles'
  | 'CgoFiles'
  | 'IgnoredGoFiles'
  | 'CFiles'
  | 'CXXFiles'
  | 'MFiles'
  | 'HFiles'
  | 'FFiles'
  | 'SFiles'
  | 'SwigFiles'
  | 'SwigCXXFiles'
  | 'SysoFiles'
  | 'TestGoFiles'
  | 'XTestGoFiles'
  | 'CgoCFLAGS'
  | 'CgoCPPFLAGS'
  | 'CgoCXXFLAGS'
  | 'CgoLDFLAGS'
  | 'CgoPkgConfig'
  | 'Imports'
  | 'Match';

export interface ListedModule {
  Path: string;
  Version?: string;
  /** Absent with vendoring. */
  Dir?: string;
  Main?: boolean;
  GoVersion?: string;
  Replace?: { Path: string; Version?: string };
}

/** One package as `go list` prints it; empty fields are absent. */
export type ListedPackage = { [Field in FileList]?: string[] } & {
  ImportPath: string;
  Dir?: string;
  Name?: string;
  Standard?: boolean;
  /** Not matched by a pattern. */
  DepOnly?: boolean;
  Module?: ListedModule;
  Error?: { ImportStack?: string[] | null; Pos?: string; Err: string };
};

/**
 * Reads the objects that `go list -json` prints one after the other, indented. A line that is `}` alone ends an object:
 * no string can hold one, since JSON has no raw line break in strings. So one JSON.parse does it, at its full speed.
 */
export function parseObjects<Entry>(text: string): Entry[] {
  return JSON.parse(`[${text.replaceAll('\n}\n{', '\n},\n{')}]`) as Entry[];
}
