import type { Files } from '../io/files.ts';

/** Architectures with the register ABI: ParseGOEXPERIMENT in src/internal/buildcfg/exp.go. */
const registerAbi = new Set(['amd64', 'arm64', 'loong64', 'ppc64', 'ppc64le', 'riscv64', 's390x']);

/** What the identifiers in the baseline stand for on linux; one that is not known here counts as off. */
function holds(value: string, goarch: string): boolean {
  if (value === 'true' || value === 'dwarf5Supported') return true;
  return value === 'regabiSupported' && registerAbi.has(goarch);
}

/**
 * Tags of the experiments that are on: the installation's own baseline, as src/internal/buildcfg/exp.go has it, changed
 * by GOEXPERIMENT. Only std's files ask for them. `given` is GOEXPERIMENT, empty when it is not set.
 */
export function experimentTags(goroot: string | null, goarch: string, given: string, files: Files): string[] {
  const source = goroot === null ? null : files.read(`${goroot}/src/internal/buildcfg/exp.go`);
  const text = source === null ? '' : new TextDecoder().decode(source);
  const baseline = /\bbaseline := goexperiment\.Flags\{([^}]*)\}/.exec(text)?.[1] ?? '';
  const on = new Set<string>();
  for (const [, name = '', value = ''] of baseline.matchAll(/(\w+):\s*(\w+)/g)) {
    if (holds(value, goarch)) on.add(name.toLowerCase());
  }
  for (const word of given.split(',')) {
    if (word === 'none') on.clear();
    else if (word.startsWith('no')) on.delete(word.slice(2));
    else if (word !== '') on.add(word);
  }
  return [...on].map((name) => `goexperiment.${name}`);
}
