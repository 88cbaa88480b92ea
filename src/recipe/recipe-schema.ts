const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const some = { ...texts, minItems: 1 };
/** A path that stays where it is. */
const path = { type: 'string', pattern: '^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\0]+$' };
const paths = { type: 'array', items: path, minItems: 1 };

function step(required: string[], properties: Record<string, unknown>) {
  return { type: 'object', additionalProperties: false, required, properties };
}

/** JSON Schema of recipes/<name>/recipe.yaml; docs/libraries.md explains each member. */
export const recipeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'version', 'licence', 'provides', 'steps', 'proof'],
  properties: {
    title: { type: 'string', minLength: 5, maxLength: 90 },
    version: { type: 'string', pattern: '^\\d[\\w.+]*$' },
    licence: { type: 'string', pattern: '^[\\w.+-]+( (AND|OR|WITH) [\\w.+-]+)*$' },
    licenceFiles: paths,
    source: step(['url', 'sha256', 'bytes'], {
      url: { type: 'string', pattern: '^https://' },
      also: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^https://' } },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      bytes: { type: 'integer', minimum: 1 },
    }),
    provides: step([], { pkgConfig: texts, headers: texts, libraries: texts }),
    needs: texts,
    kernelHeaders: { type: 'boolean' },
    cxx: { type: 'boolean' },
    tools: texts,
    limit: text,
    goarch: texts,
    adds: texts,
    environment: { type: 'object', additionalProperties: { type: 'string' } },
    steps: {
      type: 'array',
      minItems: 1,
      items: {
        anyOf: [
          step(['run'], { run: some, in: path }),
          step(['copy', 'to'], { copy: paths, to: path }),
          step(['compile', 'archive'], { compile: paths, flags: texts, archive: path }),
          step(['pc'], { pc: step(['name', 'libs'], { name: text, cflags: text, libs: text, requires: text }) }),
        ],
      },
    },
    proof: step(['file', 'prints'], { file: path, prints: text }),
  },
};
