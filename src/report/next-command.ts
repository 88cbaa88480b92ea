import type { Result } from '../model/result.ts';
import { escapeText, shellWord } from './escape.ts';
import { columns } from './finding-text.ts';

/** The tags under which a blocked build goes through; null when some error has no remedy but a person's work. */
function helpingTags({ runs, findings }: Result): string[] | null {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const offered = errors.map(({ remedies }) => remedies.find((remedy) => remedy.kind === 'tag')?.tags ?? []);
  const helped = errors.every(({ remedies }) => remedies.some((one) => one.automatic || one.kind === 'tag'));
  const tags = [...new Set([...(runs[0]?.target.tags ?? []), ...offered.flat()])];
  return helped && offered.flat().length > 0 ? tags : null;
}

/** Commands that build the libraries without which the programs are blocked; none when anything else blocks them. */
function missingLibraries({ findings }: Result): string[] {
  const errors = findings.filter(({ severity, remedies }) => severity === 'error' && !remedies[0]?.automatic);
  const commands = errors.map(({ remedies }) => (remedies[0]?.kind === 'recipe' ? remedies[0].command : null));
  const known = commands.filter((command) => command !== null);
  return known.length === commands.length ? [...new Set(known)] : [];
}

/** A build of what was judged, for the same target: words of a command, and what has to be said of it. */
function buildOf(result: Result, tags: string[] | null): { words: string[]; remark: string } {
  const { flags, packages } = result.given ?? { flags: [], packages: [] };
  const chosen = tags ? [...flags.filter((word) => !word.startsWith('-tags=')), `-tags=${tags.join(',')}`] : flags;
  const words = ['gomusl', 'build', ...chosen];
  const programs = result.runs.filter((run) => run.program.kind === 'program').map((run) => run.program.id);
  if (programs.length === 0) return { words, remark: 'in a program that imports it' };
  const versioned = packages.find((one) => /^[^./].*@/.test(one));
  if (versioned !== undefined) return { words: [...words, '.'], remark: `in a clone of ${versioned}` };
  const [only] = programs;
  if (programs.length === 1 && only !== undefined && !packages.some((one) => one.endsWith('.go'))) {
    return { words: [...words, only], remark: '' };
  }
  // Of several programs go build keeps what it makes in a folder alone.
  const kept = programs.length > 1 ? ['-o=bin/'] : [];
  return { words: [...words, ...kept, ...(packages.length > 0 ? packages : ['./...'])], remark: '' };
}

/** A command in lines of at most 80 columns that a shell takes as one. */
function commandLines(before: string, words: string[], after: string): string[] {
  const lines: string[] = [];
  let line = before;
  for (const word of words.map(shellWord)) {
    // Two columns for the backslash.
    if (line !== before && line.length + 1 + word.length > columns - 2) {
      lines.push(`${line} \\`);
      line = ' ';
    }
    line = `${line} ${word}`;
  }
  if (after === '') return [...lines, line];
  const last = `${line}${after}`;
  return last.length <= columns ? [...lines, last] : [...lines, line, `  ${after.replace(/^,? /, '')}`];
}

/** What to type next, as lines; a command can be pasted, and is for the target that was judged. */
export function nextLines(result: Result): string[] {
  const build = (tags: string[] | null, reason: string) => {
    const { words, remark } = buildOf(result, tags);
    return commandLines('next:', words, remark === '' ? reason : ` ${remark}`);
  };
  const tags = result.verdict === 'blocked' ? helpingTags(result) : null;
  if (tags) return build(tags, '').map(escapeText);
  switch (result.verdict) {
    case 'blocked': {
      const libraries = missingLibraries(result);
      if (libraries.length > 0) {
        return libraries.map((command, at) => escapeText(`${at === 0 ? 'next: ' : '      '}${command}`));
      }
      const rule = result.findings.find((finding) => finding.severity === 'error')?.ruleId;
      return [escapeText(`next: gomusl explain ${rule ?? result.findings[0]?.ruleId ?? ''}`)];
    }
    case 'unknown': {
      const isProgram = result.runs.some((run) => run.program.kind === 'program');
      return isProgram ? build(null, ', whose linker decides').map(escapeText) : ['next: build a program that uses it'];
    }
    default:
      return build(null, '').map(escapeText);
  }
}
