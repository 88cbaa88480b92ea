import { readdirSync, statSync } from 'node:fs';

/** What is asked of a path: the file behind it, whether there is one, whether it is a folder, the names in it. */
export type QuestionKind = 'file' | 'presence' | 'folder' | 'names';

export interface Question {
  kind: QuestionKind;
  path: string;
}

/** Milliseconds: what changed within that time may change again and keep its time. */
export const moment = 20;

let recorded: Map<string, Question> | null = null;

/** Called by the disk for each question; free of cost while nobody records. */
export function notice(kind: QuestionKind, path: string): void {
  recorded?.set(`${kind} ${path}`, { kind, path });
}

/** Records what is asked of the disk from now on; the function it returns ends that, and gives all that was asked. */
export function recordQuestions(): () => Question[] {
  const questions = new Map<string, Question>();
  recorded = questions;
  return () => {
    recorded = null;
    return [...questions.values()];
  };
}

/**
 * The answer of this moment as a short text: equal texts, equal answers. A file is known by its inode, size and times,
 * of which the time of the last change cannot be set back.
 */
export function answerTo({ kind, path }: Question): string {
  try {
    const status = statSync(path);
    switch (kind) {
      case 'presence':
        return '+';
      case 'folder':
        return status.isDirectory() ? '/' : '-';
      case 'names':
        return status.isDirectory() ? readdirSync(path).sort().join('/') : '-';
      case 'file':
        return fileStamp(status);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // What is not there, below a file, or not for us to read, is an answer as well.
    return kind === 'folder' || code === 'ENOENT' ? '-' : code;
  }
}

function fileStamp({ ino, size, mtimeMs, ctimeMs }: { ino: number; size: number; mtimeMs: number; ctimeMs: number }) {
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** The files of a tree that Go or a C compiler may read, and their stamps. */
export interface SourceTree {
  /** Absolute paths. */
  files: Map<string, string>;
  /** The latest change of any of them, in milliseconds since 1970. */
  latest: number;
}

const sources = /\.(go|c|h|cc|cpp|cxx|hh|hpp|hxx|inc|inl|s|S|sx|m|f|F|for|f90|swig|swigcxx|syso|a|so|o|mod|sum|work)$/;
/** `vendor/modules.txt`, and our own settings. */
const named = new Set(['modules.txt', 'gomusl.yaml']);

/**
 * Stamps the sources of the folders, hidden ones and folders behind links left out. Null when there are more than `most`
 * entries: to look at each would take longer than it saves.
 */
export function stampSources(roots: string[], most: number): SourceTree | null {
  const tree: SourceTree = { files: new Map(), latest: 0 };
  const folders = [...roots];
  let left = most;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (--left < 0) return null;
      if (entry.name.startsWith('.')) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (sources.test(entry.name) || named.has(entry.name)) {
        const status = statSync(path, { throwIfNoEntry: false });
        if (status === undefined || status.isDirectory()) continue;
        tree.files.set(path, fileStamp(status));
        tree.latest = Math.max(tree.latest, status.mtimeMs, status.ctimeMs);
      }
    }
  }
  return tree;
}
