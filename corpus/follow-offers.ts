import type { Finding, Remedy } from '../src/model/finding.ts';
import type { Result } from '../src/model/result.ts';

/** What a person has done of what check offered: flags and commands, in the order in which they were tried. */
export interface Followed {
  /** What check says with all of it; null when it gave no result. */
  judged: Result | null;
  /** Tags that were offered for an error and help. */
  tags: string[];
  /** Whether patches of modules are allowed, which a person has to want. */
  patches: boolean;
  /** Recipes that the program is built with. */
  libraries: string[];
  /** Recipes that were offered and could not be built: name, and what was said. */
  unbuilt: Record<string, string>;
  /** Libraries that errors ask for and no recipe builds. */
  missing: string[];
}

export interface Means {
  /** Asks `gomusl check`; null when it gives no result. */
  ask(tags: string[], patches: boolean): Promise<Result | null>;
  /** Runs `gomusl lib add` as the remedy says it; null when it is built, else what it said. */
  addLibrary(command: string): Promise<string | null>;
}

/** One library hides the next: more rounds than any program needs. */
const mostRounds = 8;

/**
 * Does what check offers for the errors that block a program, until nothing blocks it or nothing is left to do: first a
 * tag that alone lifts the block, then patches of modules, then every library that has a recipe; and again, since behind
 * a library others come to light.
 */
export async function followOffers({ ask, addLibrary }: Means): Promise<Followed> {
  let tags: string[] = [];
  let patches = false;
  const tried = new Set<string>();
  const unbuilt: Record<string, string> = {};
  let judged = await ask(tags, patches);
  for (let round = 0; round < mostRounds && judged?.verdict === 'blocked'; round++) {
    for (const offered of tags.length > 0 ? [] : offeredTags(judged.findings)) {
      const again = await ask(offered, patches);
      if (again === null || again.verdict === 'blocked') continue;
      tags = offered;
      judged = again;
      break;
    }
    if (judged.verdict !== 'blocked') break;
    if (!patches && offers(judged, 'module-patch')) {
      patches = true;
      judged = (await ask(tags, patches)) ?? judged;
      if (judged.verdict !== 'blocked') break;
    }
    const wanted = offeredRecipes(judged.findings).filter(({ recipe }) => !tried.has(recipe));
    if (wanted.length === 0) break;
    for (const { recipe, command } of wanted) {
      tried.add(recipe);
      const trouble = await addLibrary(command);
      if (trouble !== null) unbuilt[recipe] = trouble;
    }
    judged = (await ask(tags, patches)) ?? judged;
  }
  return { judged, tags, patches, libraries: libraries(judged), unbuilt, missing: missing(judged) };
}

function blocking({ severity, remedies }: Finding): boolean {
  return severity === 'error' && !remedies.some(({ automatic }) => automatic);
}

function remediesOf<K extends Remedy['kind']>(findings: Finding[], kind: K): Extract<Remedy, { kind: K }>[] {
  return findings.flatMap(({ remedies }) => remedies).filter((one) => one.kind === kind) as Extract<
    Remedy,
    { kind: K }
  >[];
}

/** The sets of tags that check offers for errors, each once, in its order. */
export function offeredTags(findings: Finding[]): string[][] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...new Map(remediesOf(errors, 'tag').map(({ tags }) => [tags.join(','), tags])).values()];
}

/** The recipes that check offers for errors and that are not built yet, each once. */
function offeredRecipes(findings: Finding[]): Extract<Remedy, { kind: 'recipe' }>[] {
  const offered = remediesOf(findings.filter(blocking), 'recipe');
  return [...new Map(offered.map((remedy) => [remedy.recipe, remedy])).values()];
}

/** Whether a remedy of the kind is offered for an error. */
function offers({ findings }: Result, kind: Remedy['kind']): boolean {
  return findings.some(({ severity, remedies }) => severity === 'error' && remedies.some((one) => one.kind === kind));
}

function libraries(judged: Result | null): string[] {
  const applied = (judged?.runs ?? []).flatMap(({ remedies }) => remedies);
  return [...new Set(applied.flatMap((remedy) => (remedy.kind === 'recipe' ? [remedy.recipe] : [])))].sort();
}

function missing(judged: Result | null): string[] {
  const wanted = remediesOf((judged?.findings ?? []).filter(blocking), 'library');
  return [...new Set(wanted.map(({ name }) => name))].sort();
}
