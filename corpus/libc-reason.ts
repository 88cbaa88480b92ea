import { openLibc } from '../src/libc/open.ts';
import { causeClass } from './cause.ts';
import type { Truth } from './truth.ts';

const newest = openLibc({ name: 'musl', version: '1.2.5', flavor: 'upstream' });
const libcClasses = new Set([
  'kernel header',
  'unwinder',
  'C23 names of glibc in an archive',
  'fortified glibc archive',
  'LFS64 names in an archive',
  'LFS64 name in source',
]);

/**
 * Whether a row fails plainly for a reason of libc that `build` should put right: kernel headers, names and headers that
 * glibc has and musl has not, LFS64, archives of C and Rust made for glibc, the unwinder. `logs` are the truths of the row
 * with every toolchain: where one of them blames a C++ library of glibc or a library that is missing, the row needs more
 * than a libc.
 */
export function isLibcReason(truth: Truth, logs: { truth: Truth; names: string[] }[]): boolean {
  if (truth.outcome !== 'fails' || truth.cause === null) return false;
  if (logs.some((log) => needsMore(log.truth, log.names))) return false;
  const { kind, name } = truth.cause;
  if (libcClasses.has(causeClass(truth))) return true;
  if (kind === 'missing-header') return newest.header(name ?? '')?.owner === 'libc';
  if (kind === 'undefined-symbol') return newest.symbol(name ?? '') !== undefined;
  return newest.names(name ?? '').length > 0;
}

function needsMore(truth: Truth, names: string[]): boolean {
  if (truth.outcome !== 'fails' || truth.cause === null) return false;
  if (names.some((name) => /^std::|^-l/.test(name))) return true;
  const { kind, name } = truth.cause;
  if (kind === 'pkg-config-absent' || kind === 'missing-library') return true;
  return kind === 'missing-header' && newest.header(name ?? '') === undefined;
}
