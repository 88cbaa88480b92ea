import type { GoCall } from '../model/facts.ts';
import type { RawFinding, Remedy } from '../model/finding.ts';
import type { LinkView } from '../model/view.ts';

/** What a program needs of the folder tree around it, which an image with nothing but the program has not. */
export interface Need {
  /** Path that is missing. */
  path: string;
  what: string;
  why: string;
  action: string;
  remedies?: Remedy[];
}

/** A note on a need that a package of std brings by itself. */
export function needOfPackage(need: Need, brings: string): RawFinding {
  return note(need, brings, null);
}

/** A note on the first of the calls that show a need. */
export function needOfCalls(need: Need, calls: { package: string; call: GoCall }[]): RawFinding[] {
  const [first] = calls;
  if (first === undefined) return [];
  const found = note(need, first.package, first.call.place);
  return [{ ...found, evidence: { ...found.evidence, count: calls.length } }];
}

/** Calls of watched functions outside std, by the packages of the program in their order. */
export function callsOf({ program, compiled }: LinkView, wanted: ReadonlyMap<string, readonly string[]>) {
  return program.packages.flatMap((path) =>
    (compiled[path]?.calls ?? [])
      .filter((call) => wanted.get(call.package)?.includes(call.name) === true)
      .map((call) => ({ package: path, call })),
  );
}

function note(need: Need, brings: string, location: RawFinding['location']): RawFinding {
  const { path, what, why, action, remedies = [] } = need;
  return { severity: 'note', what, why, action, package: brings, location, related: [], evidence: { path }, remedies };
}
