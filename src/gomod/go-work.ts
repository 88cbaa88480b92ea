import { type Replacement, readReplacement } from './go-mod.ts';
import { modFailure, readModStatements } from './mod-syntax.ts';

/** What a go.work says. */
export interface GoWork {
  go: string | null;
  /** Folders, as written: relative to the go.work, or absolute. */
  use: string[];
  replace: Replacement[];
}

/** Parses a go.work. Throws a Failure with FILE:LINE for what Go would refuse. */
export function parseGoWork(text: string, file: string): GoWork {
  const work: GoWork = { go: null, use: [], replace: [] };
  for (const statement of readModStatements(text, file)) {
    const [first = ''] = statement.words;
    if (statement.verb === 'go') work.go = first;
    else if (statement.verb === 'use') work.use.push(first);
    else if (statement.verb === 'replace') work.replace.push(readReplacement(statement, file));
    else if (statement.verb !== 'toolchain' && statement.verb !== 'godebug') {
      throw modFailure(file, statement.line, `${statement.verb} is no word of go.work`);
    }
  }
  return work;
}
