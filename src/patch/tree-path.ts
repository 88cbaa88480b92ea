import { exitCode, Failure } from '../model/failure.ts';

/**
 * Refuses a path of a patch that could leave the tree, or that means something else on another system.
 * Symlinks are another matter: whoever writes looks at them on the disk.
 */
export function checkTreePath(path: string, where: string): void {
  const parts = path.split('/');
  const harmless = parts.every(
    (part) => part !== '' && part !== '.' && part !== '..' && /^[\x21-\x7e]+$/.test(part) && !/[\\:*?"<>|]/.test(part),
  );
  if (!harmless || path.length > 400) {
    throw new Failure(
      exitCode.usage,
      `the path ${path} leaves the tree, or is no plain path`,
      where,
      'repair the patch',
    );
  }
}
