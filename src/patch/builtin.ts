import { fileURLToPath } from 'node:url';
import type { Files } from '../io/files.ts';
import type { Patch } from './patch.ts';

/**
 * The patches that come with gomusl, by name. The build packs them, checked, into one file beside this one, because
 * reading YAML and checking a schema would take longer than all the rest; run from its sources, it reads the folders.
 */
export async function builtinPatches(files: Files): Promise<Patch[]> {
  const packed = files.read(fileURLToPath(new URL('./patches.json', import.meta.url)));
  if (packed !== null) return JSON.parse(Buffer.from(packed).toString('utf8')) as Patch[];
  const { loadPatches } = await import('./load.ts');
  return loadPatches(fileURLToPath(new URL('../../patches', import.meta.url)), files);
}
