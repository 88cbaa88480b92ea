import { fileURLToPath } from 'node:url';
import { answerTo } from '../io/asked.ts';
import { version } from './version.ts';

/**
 * What tells this installation of gomusl from any other, and from itself before an update; null where it runs from its
 * own sources, which change file by file.
 */
export function ownStamp(): string | null {
  const own = fileURLToPath(import.meta.url);
  return own.endsWith('.ts') ? null : `${version} ${own} ${answerTo({ kind: 'file', path: own })}`;
}
