import type { Truth } from './truth.ts';

const kernelHeader = /^(?:linux|asm|asm-generic|mtd|drm|scsi|sound|rdma|misc|video|xen)\//;
const classes: [RegExp, string][] = [
  [/^_Unwind_|^_dl_find_object$|^__(?:de)?register_frame/, 'unwinder'],
  [/^__isoc23_/, 'C23 names of glibc in an archive'],
  [/_chk$/, 'fortified glibc archive'],
  [/^std::|^operator |^__cxa_|^__gxx_|^vtable for|^typeinfo for|^non-virtual thunk/, 'C++ library'],
  [/64$/, 'LFS64 names in an archive'],
];

/** The class under which RESULTS.md counts a row. */
export function causeClass(truth: Pick<Truth, 'outcome' | 'scored' | 'cause'>): string {
  if (truth.outcome === 'wrong') return 'glibc inside: C++ with CC alone';
  if (truth.outcome !== 'fails') return 'none: it builds';
  if (truth.cause === null) return 'nothing named';
  const { kind, name } = truth.cause;
  if (kind === 'missing-header')
    return kernelHeader.test(name ?? '') ? 'kernel header' : 'header of another library, of glibc or of the module';
  if (kind === 'undefined-symbol')
    return classes.find(([pattern]) => pattern.test(name ?? ''))?.[1] ?? 'other undefined symbol';
  if (kind === 'undeclared-name' || kind === 'unknown-type') {
    return /64(?:_t)?$/.test(name ?? '') ? 'LFS64 name in source' : 'name or type unknown to the compiler';
  }
  return kind;
}
