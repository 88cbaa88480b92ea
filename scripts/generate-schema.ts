// The JSON Schema of `--format json`, for every command that judges.
import { Type as T } from 'typebox';
import type { Generated } from './generated.ts';

const Place = T.Object({
  file: T.String({ description: "Relative to its module's root" }),
  line: T.Integer({ minimum: 1 }),
  column: T.Integer({ minimum: 1, description: 'In bytes' }),
});
const nullable = <S extends ReturnType<typeof T.Object> | ReturnType<typeof T.String> | ReturnType<typeof T.Unsafe>>(
  schema: S,
) => T.Union([schema, T.Null()]);
const words = (...values: string[]) => T.Unsafe({ type: 'string', enum: values });

const Stage = words('compile', 'link', 'run');
const Verdict = words('pure', 'static', 'static-with-remedies', 'unknown', 'blocked');
const Limit = T.Object({ reason: T.String(), package: nullable(T.String()), file: nullable(T.String()) });
const Libc = T.Object({ name: T.String(), version: T.String(), flavor: T.String() });
const ToolchainSummary = T.Object({
  name: T.String(),
  compiler: T.Object({ family: T.String(), version: nullable(T.String()) }),
  linker: T.Object({ name: T.String() }),
});
const Target = T.Object({
  goos: T.String(),
  goarch: T.String(),
  goVersion: T.String(),
  tags: T.Array(T.String()),
  cgo: T.Boolean(),
  buildmode: T.String(),
  race: T.Boolean(),
  libc: Libc,
  toolchain: nullable(ToolchainSummary),
});
const Remedy = T.Object({ kind: T.String(), automatic: T.Boolean() }, { additionalProperties: true });
const Run = T.Object({
  id: T.String(),
  program: T.Object({ id: T.String(), kind: words('program', 'library'), roots: T.Array(T.String()) }),
  target: Target,
  verdict: Verdict,
  plain: T.Object({ outcome: words('builds', 'wrong', 'fails', 'unknown'), stage: nullable(Stage) }),
  counts: T.Object({
    packages: T.Integer(),
    cgoPackages: T.Integer(),
    files: T.Integer(),
    errors: T.Integer(),
    warnings: T.Integer(),
    notes: T.Integer(),
  }),
  limits: T.Array(Limit),
  assumptions: T.Array(T.String()),
  notes: T.Optional(T.Array(T.String(), { description: 'What a person should know of the run' })),
  remedies: T.Array(Remedy, { description: 'Put in place and judged' }),
});
const Finding = T.Object({
  ruleId: T.String({ pattern: '^GM\\d{3}$' }),
  stage: Stage,
  severity: words('error', 'warning', 'note'),
  message: T.String({ description: 'What is wrong, why, and what to do' }),
  what: T.String(),
  why: T.String(),
  action: T.String(),
  module: nullable(T.Object({ path: T.String(), version: T.String() })),
  package: T.String(),
  location: nullable(Place),
  related: T.Array(T.Object({ message: T.String(), module: nullable(T.String()), location: Place })),
  chain: T.Array(T.String(), { description: 'Import paths from the program to the package' }),
  evidence: T.Object({ name: T.Optional(T.String()) }, { additionalProperties: true }),
  remedies: T.Array(Remedy),
  runs: T.Array(T.String()),
  fingerprint: T.String(),
});

/** schema/result.json. More may be added; nothing is renamed without a new schemaVersion. */
export function generateSchema(): Generated {
  const schema = T.Object(
    {
      schemaVersion: T.Literal(1),
      kind: words('check', 'verify', 'build'),
      tool: T.Object({ name: T.Literal('gomusl'), version: T.String() }),
      verdict: Verdict,
      given: T.Optional(
        T.Object(
          { flags: T.Array(T.String()), packages: T.Array(T.String()) },
          { description: 'What chose the target, and has to be given again' },
        ),
      ),
      runs: T.Array(Run),
      findings: T.Array(Finding),
    },
    { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Result of gomusl' },
  );
  return { 'schema/result.json': `${JSON.stringify(schema, null, 2)}\n` };
}
