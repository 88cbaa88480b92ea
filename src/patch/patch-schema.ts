const version = { type: 'string', pattern: '^\\d+(\\.\\d+){1,2}((beta|rc)\\d+)?$' };
const names = { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true };
const text = { type: 'string', minLength: 1 };

/** JSON Schema of patches/<name>/patch.yaml; docs/how-to-add-a-patch.md explains each member. */
export const patchSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'issue', 'target', 'range', 'goos', 'packages', 'shapes'],
  properties: {
    title: { type: 'string', minLength: 10, maxLength: 90 },
    issue: { type: 'string', pattern: '^https://' },
    catalogue: { type: 'string', pattern: '^[A-Z]\\d{1,2}$' },
    target: { type: 'string', pattern: '^(std|tool|module [^\\s]+)$' },
    range: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to', 'fixed'],
      properties: { from: version, to: version, fixed: { anyOf: [version, { type: 'null' }] } },
    },
    goos: { ...names, minItems: 1 },
    goarch: names,
    packages: { ...names, minItems: 1 },
    needs: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cgo: { type: 'boolean' },
        buildmode: { type: 'array', items: { enum: ['exe', 'pie', 'c-archive', 'c-shared'] }, minItems: 1 },
        musl: version,
      },
    },
    shapes: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['diff', 'go', 'files'],
        properties: {
          diff: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*\\.patch$' },
          go: {
            type: 'object',
            additionalProperties: false,
            required: ['from', 'to'],
            properties: { from: version, to: version },
          },
          files: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['path'],
              properties: {
                path: text,
                before: { type: 'array', items: text },
                after: { type: 'array', items: text },
                fixed: text,
              },
            },
          },
        },
      },
    },
  },
} as const;
