import type { Bringer, ExecutableView } from '../model/executable.ts';
import type { RawFinding, Remedy, Severity } from '../model/finding.ts';

/**
 * What a rule on executables says. It belongs to the package that brought it, where that is known: `sign` and, where a
 * sign has several, `name` say what is looked for. Else to the main package, where the file tells which one that is.
 */
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
  sign: Bringer['sign'] | null = null,
  name: string | null = null,
): RawFinding {
  const bringers = (view.brought ?? []).filter((one) => one.sign === sign && (name === null || one.name === name));
  const [first] = bringers;
  const { remedies = [], ...head } = said;
  return {
    ...head,
    why: sign === null ? said.why : `${said.why} ${blame(view, bringers)}`,
    package: first?.package ?? view.go?.path ?? '',
    location: first?.place ?? null,
    related: bringers
      .slice(1, mostRelated)
      .flatMap(({ place, module, package: path, says }) =>
        place === null ? [] : [{ message: `${path}: ${says}`, module, location: place }],
      ),
    remedies,
  };
}

const mostRelated = 5;

/** Who brought it, or that nothing says so, as a sentence. */
function blame(view: ExecutableView, [first, ...others]: Bringer[]): string {
  if (first === undefined) {
    return view.brought === undefined
      ? callersOfC(view)
      : `Neither the file nor a module that is here says who brought it. ${callersOfC(view)}`;
  }
  const packages = new Set(others.map((one) => one.package).filter((path) => path !== first.package));
  const more =
    packages.size === 0 ? '' : `, and ${packages.size} more package${packages.size === 1 ? '' : 's'} as well`;
  return `${first.package} brought it: ${first.says}${more}.`;
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
