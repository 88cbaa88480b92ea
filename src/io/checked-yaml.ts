import type { ValidateFunction } from 'ajv';
import type { parse } from 'yaml';

/** Reading YAML of one shape. The libraries are the caller's: they take longer to load than most commands run. */
export interface YamlShape<T> {
  parse: typeof parse;
  validate: ValidateFunction<T>;
}

/** YAML of a known shape, without aliases. `refuse` gets the reason why a text is not that, in a few words, and throws. */
export function readCheckedYaml<T>(text: string, shape: YamlShape<T>, refuse: (what: string) => never): T {
  const { validate } = shape;
  let content: unknown;
  try {
    content = shape.parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return refuse(`it is no YAML (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`);
  }
  if (validate(content)) return content;
  const first = validate.errors?.[0];
  return refuse(`${first?.instancePath || 'it'} ${first?.message ?? 'breaks the schema'}`);
}
