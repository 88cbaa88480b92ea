import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { disk } from '../io/disk.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Result } from '../model/result.ts';

/** The result in a JSON text that fits schema/result.json; else a Failure that names the first thing that does not. */
export function validateResult(text: string, where: string): Result {
  const remake = 'make it anew with gomusl check --format json';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Failure(exitCode.usage, `not JSON (${(error as Error).message})`, where, remake);
  }
  const schema = disk.read(fileURLToPath(new URL('../../schema/result.json', import.meta.url)));
  if (!schema) throw new Error('schema/result.json is not in the package');
  const ajv = new Ajv({ strict: false });
  const valid = ajv.validate(JSON.parse(new TextDecoder().decode(schema)) as object, value);
  if (!valid) {
    const [first] = ajv.errors ?? [];
    const what = `not a result of gomusl (${first?.instancePath || 'the whole'} ${first?.message ?? 'does not fit'})`;
    throw new Failure(exitCode.usage, what, where, remake);
  }
  return value as Result;
}
