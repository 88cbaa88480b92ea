// `npm run generate` writes all generated files; `npm run generate:check` fails when one is stale.
import { generateGo } from './generate-go.ts';
import { generateLibc } from './generate-libc.ts';
import { generateLibcSigns } from './generate-libc-signs.ts';
import { generateRules } from './generate-rules.ts';
import { generateSchema } from './generate-schema.ts';
import { stale, write } from './generated.ts';

const files = {
  ...(await generateRules()),
  ...generateSchema(),
  ...generateGo(),
  ...generateLibc(),
  ...generateLibcSigns(),
};
if (process.argv.includes('--check')) {
  const old = stale(files);
  if (old.length > 0) {
    process.stderr.write(`stale generated files: ${old.join(', ')}; run npm run generate\n`);
    process.exitCode = 1;
  }
} else {
  write(files);
}
