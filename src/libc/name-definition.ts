import { readTable } from '../io/data.ts';

/** A definition that gives a name of glibc a right meaning on musl. data/name-definitions.yaml. */
export interface NameDefinition {
  name: string;
  value: number | string;
  /** One sentence. */
  why: string;
}

let known: Map<string, NameDefinition> | undefined;

/** The definition for a name that is not declared; null when there is none that would be right. */
export function nameDefinition(name: string): NameDefinition | null {
  known ??= new Map(
    (readTable('name-definitions.yaml') as { definitions: NameDefinition[] }).definitions.map((one) => [one.name, one]),
  );
  return known.get(name) ?? null;
}
