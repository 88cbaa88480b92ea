import type { Diagnostic } from '../buildlog/diagnostic.ts';
import { preamblePrologue } from '../compile/export-header.ts';
import { cSpelling, preambleSource } from '../compile/preamble-unit.ts';
import type { GoFacts } from '../model/facts.ts';
import type { Place } from '../model/place.ts';
import type { Unit } from '../model/view.ts';
import { textFile } from './compiler-run.ts';
import { isOpen } from './undecided.ts';

/** Symbols that only the questions define. */
const prefix = '_gomusl_';

/** The preambles of one Go file with what Go does with them, as text for the compiler. */
export interface Questions {
  text: string;
  /** The `C.name` that an error is about; null when the error is the preamble's own. */
  nameAt(error: Diagnostic): string | null;
  /** The Go file's place of a line and column of the text. */
  placeOf(line: number, column: number): Place | null;
}

/** Functions of the text that cgo writes before every preamble. */
const prologue = new Set([...preamblePrologue.matchAll(/(\w+)\(/g)].map((match) => match[1]));

/** Whether a symbol of the object comes from the questions, or from what cgo writes before every preamble. */
export function isMade(symbol: string): boolean {
  return symbol.startsWith(prefix) || prologue.has(symbol);
}

/** Names that Go calls and C functions may have: those of types fall out when the compiler is asked. */
export function calledNames(facts: GoFacts): string[] {
  const names = facts.cNames.filter(({ form, name }) => form !== 'other' && cSpelling(name) === name);
  return [...new Set(names.map(({ name }) => name))].filter((name) => !isMade(name));
}

/** Functions and objects that Go takes without a call, so that no object of C shows it. */
export function takenNames(facts: GoFacts, unit: Unit): string[] {
  const called = new Set(calledNames(facts));
  const names = new Set(facts.cNames.map(({ name }) => name).filter((name) => !called.has(name) && !isMade(name)));
  return (unit.references ?? []).filter((name) => names.has(name));
}

/** Names of which it is not known whether anything declares them. */
export function openNames(unit: Unit): string[] {
  return [...new Set(unit.names.filter((use) => use.form === 'cgo' && isOpen(use)).map(({ name }) => name))];
}

/**
 * Lets each function of `called` be used from outside, as the code that cgo writes does, and asks of each of `asked`
 * whether it is anything, as cgo does; one line each.
 */
export function questionsFor(facts: GoFacts, called: readonly string[], asked: readonly string[]): Questions {
  const { text, placeOf } = preambleSource(facts);
  const begin = text.endsWith('\n') ? text : `${text}\n`;
  const uses = called.map((name, at) => {
    const made = `${prefix}use_${at}`;
    return `extern void (*${made})(void); void (*${made})(void) = (void (*)(void))${name};`;
  });
  const questions = asked.map((name, at) => `extern __typeof__(${cSpelling(name)}) *${prefix}is_${at};`);
  const first = begin.split('\n').length;
  const names = [...called, ...asked];
  return {
    text: `${begin}${[...uses, ...questions].join('\n')}\n`,
    nameAt({ file, line }) {
      if (line === null || file === null || !file.endsWith(`/${textFile}`)) return null;
      return names[line - first] ?? null;
    },
    placeOf,
  };
}
