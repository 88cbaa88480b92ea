import { headerName } from './condition.ts';
import type { Frame, Preprocessor } from './preprocess.ts';
import { findHeader } from './search.ts';
import { idOf, kind } from './spelling.ts';

const includeNext = idOf('include_next');
const importing = idOf('import');
const deepestInclude = 200;
const longestHeader = 4096;
/** Steps that an `#include` counts for. */
const includeCost = 200;

/** Carries out `#include`, `#include_next` or `#import`, whose tokens stand between `begin` and `end`. */
export function includeDirective(p: Preprocessor, frame: Frame, name: number, begin: number, end: number): void {
  const { tokens, source } = frame.file;
  let named: { header: string; form: 'angle' | 'quote' } | null = null;
  const first = begin + 2;
  if (first >= end) return;
  const from = tokens.start[first] as number;
  if (tokens.kind[first] === kind.punctuator) {
    const close = source.bytes.indexOf(62, from);
    const whole = source.bytes[from] === 60 && close > 0 && close < from + longestHeader;
    const header = whole ? source.text(from + 1, close) : '\n';
    if (!header.includes('\n')) named = { header, form: 'angle' };
  } else {
    const line = p.line(frame.file, first, end);
    named = headerName(line[0]?.kind === kind.identifier ? p.expander.expandAll(line) : line, p.spellings);
  }
  if (named === null) return;
  include(p, named.header, named.form, name === includeNext, begin, name === importing);
}

/** Where the search path has a header; null when nowhere. */
export function find(p: Preprocessor, header: string, form: 'angle' | 'quote', next: boolean, frame: Frame) {
  const { search, cache, cxx } = p.options;
  const from = { path: frame.file.path, kind: frame.kind };
  return findHeader(header, form, from, next ? frame.next : null, search, cache, cxx);
}

/** Enters a header, or notes that it is not there; `at` is the token that asks for it. */
export function include(
  p: Preprocessor,
  header: string,
  form: 'angle' | 'quote',
  next: boolean,
  at: number,
  once = false,
): void {
  const frame = p.frames[p.frames.length - 1] as Frame;
  if (!p.step(includeCost)) return;
  const found = find(p, header, form, next, frame);
  const own = frame.origin !== 'system';
  if (found === null) {
    const reach = p.reach(frame, at);
    const where = p.options.elsewhere(header);
    p.includes.push({ ...reach, header, form, found: where });
    if (where === 'libc' || where === 'compiler') {
      if (p.unread === 'nothing') p.unread = 'libc';
    } else p.unread = 'anything';
    if (where === 'nowhere' && p.undecided === 0) p.stopped = true;
    return;
  }
  if (p.frames.length > deepestInclude) {
    p.stop('its includes nest more than 200 deep');
    return;
  }
  const { file } = found;
  if (own) p.includes.push({ ...p.reach(frame, at), header, form, found: found.kind });
  if (p.once.has(file)) return;
  if (file.guard !== 0) {
    const state = p.macros.get(file.guard);
    if (state?.defined === true) return;
  }
  if (once) p.once.add(file);
  const system = found.kind === 'system' || found.kind === 'kernel';
  p.enter(file, found.kind, found.next, system ? 'system' : 'module');
}
