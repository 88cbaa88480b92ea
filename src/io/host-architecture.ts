/** Node's names of architectures, where Go has another. */
const names: Record<string, string> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le', mipsel: 'mipsle' };

/** The machine's architecture in Go's words. */
export function hostArchitecture(): string {
  return names[process.arch] ?? process.arch;
}

/** Whether the machine's own kernel starts programs of an architecture: an amd64 starts those of 386 too. */
export function startsHere(goarch: string): boolean {
  const host = hostArchitecture();
  return goarch === host || (goarch === '386' && host === 'amd64');
}
