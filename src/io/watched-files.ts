import type { Question, QuestionKind } from './asked.ts';
import type { Files } from './files.ts';

/** Files that tell `note` what is asked of them. */
export function watchedFiles(files: Files, note: (question: Question) => void): Files {
  const watched =
    <Rest extends unknown[], T>(kind: QuestionKind, ask: (path: string, ...rest: Rest) => T) =>
    (path: string, ...rest: Rest): T => {
      note({ kind, path });
      return ask(path, ...rest);
    };
  return {
    read: watched('file', files.read),
    size: watched('file', files.size),
    readRange: watched('file', files.readRange),
    modified: watched('file', files.modified),
    readInto: watched('file', files.readInto),
    exists: watched('presence', files.exists),
    isDirectory: watched('folder', files.isDirectory),
    list: watched('names', files.list),
  };
}
