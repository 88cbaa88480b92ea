/** An entry of data/libc-signs.yaml. */
export type LibcSign = {
  name: string;
  libc: 'glibc' | 'musl';
  /** `weak` counts only where nothing strong is found. */
  proof: 'strong' | 'weak';
  /** What was found, as a phrase. */
  says: string;
} & (
  | { kind: 'symbol'; symbol: string }
  | { kind: 'note'; owner: string; type: number }
  | { kind: 'relocation' }
  | { kind: 'version'; prefix: string }
  | { kind: 'interpreter' | 'needed'; pattern: string }
  /** `\0` stands for a NUL. */
  | { kind: 'text'; text: string }
);
