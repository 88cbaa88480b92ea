import type { ExecutableView } from '../model/executable.ts';
import type { RawFinding, Remedy, Severity } from '../model/finding.ts';

/** What a rule on executables says. A finding belongs to the main package, where the file tells which one that is. */
export function executableFinding(
  view: ExecutableView,
  said: {
    severity: Severity;
    what: string;
    why: string;
    action: string;
    evidence: RawFinding['evidence'];
    remedies?: Remedy[];
  },
): RawFinding {
  return { ...said, package: view.go?.path ?? '', location: null, related: [], remedies: said.remedies ?? [] };
}

/** Packages that call C, as a clause: who may have brought a thing that no symbol is tied to. */
export function callersOfC(view: ExecutableView): string {
  if (view.go === null) return 'The file has no Go build info that would name a module.';
  if (view.cgo.length === 0) return 'No Go package in it calls C by a name that is still there.';
  const [first, ...others] = view.cgo.map((entry) => entry.package);
  const more = others.length === 0 ? '' : others.length === 1 ? ` and ${others[0]}` : ` and ${others.length} others`;
  return `C is called by ${first}${more}.`;
}

/** Whether all packages that call C are of the standard library: then cmd/link links by itself and ignores -extldflags. */
export function onlyStdCallsC(view: ExecutableView): boolean {
  return view.cgo.length > 0 && view.cgo.every(({ package: path, module }) => module === null && isStd(path));
}

/** A path of the standard library has no dot in its first element. */
function isStd(path: string): boolean {
  return !(path.split('/')[0] ?? '').includes('.');
}
