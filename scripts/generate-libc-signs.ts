// Writes data/libc-signs.yaml as code: data/ is not packed, and no file is read at run time for it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Generated, root } from './generated.ts';

export function generateLibcSigns(): Generated {
  const data = parse(readFileSync(join(root, 'data/libc-signs.yaml'), 'utf8')) as {
    signs: object[];
    unwinders: string[];
  };
  return {
    'src/elf/libc-signs.generated.ts': [
      '// Generated from data/libc-signs.yaml by `npm run generate`. Do not edit.',
      "import type { LibcSign } from './libc-sign.ts';",
      '',
      'export const libcSigns: readonly LibcSign[] = [',
      ...data.signs.map((sign) => `  ${JSON.stringify(sign)},`),
      '];',
      '',
      `export const unwinders: readonly string[] = ${JSON.stringify(data.unwinders)};`,
      '',
    ].join('\n'),
  };
}
