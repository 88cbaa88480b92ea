import { platforms } from './platforms.generated.ts';

/**
 * A build constraint. Grammar and limits are those of go/build/constraint (go1.26): `//go:build` expressions, and the
 * old `// +build` lines turned into the same tree.
 */
export type Constraint =
  | { kind: 'tag'; tag: string }
  | { kind: 'not'; of: Constraint }
  | { kind: 'and' | 'or'; left: Constraint; right: Constraint };

/** go/build/constraint refuses larger expressions. */
const largestExpression = 1000;
const largestOldLine = 100;
const tagText = /^[\p{L}\p{Nd}_.]+$/u;
/** What Go puts in the place of something that is no tag. */
const ignored: Constraint = { kind: 'tag', tag: 'ignore' };
const tagAtStart = /^[\p{L}\p{Nd}_.]+/u;

class ConstraintSyntaxError extends Error {}

function tokens(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[ \t]+/, '');
    if (rest === '') return found;
    const token = /^(?:[()!]|&&|\|\|)/.exec(rest)?.[0] ?? tagAtStart.exec(rest)?.[0];
    if (token === undefined) throw new ConstraintSyntaxError(`unexpected ${rest[0]}`);
    found.push(token);
    rest = rest.slice(token.length);
  }
}

class ExpressionParser {
  readonly #tokens: string[];
  #next = 0;
  #size = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  parse(): Constraint {
    const whole = this.#or();
    if (this.#next < this.#tokens.length) throw new ConstraintSyntaxError('unexpected token');
    return whole;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  #or(): Constraint {
    let left = this.#and();
    while (this.#take('||')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Constraint {
    let left = this.#not();
    while (this.#take('&&')) left = { kind: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Constraint {
    if (++this.#size > largestExpression) throw new ConstraintSyntaxError('expression too large');
    if (!this.#take('!')) return this.#atom();
    if (this.#tokens[this.#next] === '!') throw new ConstraintSyntaxError('double negation');
    return { kind: 'not', of: this.#atom() };
  }

  #atom(): Constraint {
    if (this.#take('(')) {
      const inner = this.#or();
      if (!this.#take(')')) throw new ConstraintSyntaxError('missing close parenthesis');
      return inner;
    }
    const tag = this.#tokens[this.#next];
    if (tag === undefined || !tagText.test(tag)) throw new ConstraintSyntaxError('a tag is expected');
    this.#next++;
    return { kind: 'tag', tag };
  }
}

/** Parses what stands after `//go:build`; null when Go would refuse it. */
export function parseConstraint(text: string): Constraint | null {
  try {
    return new ExpressionParser(text).parse();
  } catch (error) {
    if (error instanceof ConstraintSyntaxError) return null;
    throw error;
  }
}

/** Parses what stands after `// +build` on one line: words are alternatives, commas mean "and"; null when too long. */
export function parsePlusBuild(text: string): Constraint | null {
  let whole: Constraint | null = null;
  let operators = -1;
  for (const clause of text.split(/\s+/).filter((word) => word !== '')) {
    let all: Constraint | null = null;
    for (const literal of clause.split(',')) {
      operators++;
      const negated = literal.startsWith('!') && literal !== '!' && !literal.startsWith('!!');
      const word = negated ? literal.slice(1) : literal;
      const tag: Constraint = { kind: 'tag', tag: tagText.test(word) ? word : 'ignore' };
      const one: Constraint = negated ? { kind: 'not', of: tag } : tag;
      all = all === null ? one : { kind: 'and', left: all, right: one };
    }
    if (all !== null) whole = whole === null ? all : { kind: 'or', left: whole, right: all };
  }
  if (operators > largestOldLine) return null;
  return whole ?? ignored;
}

/** Whether a set of tags meets a constraint. `tags` as `buildTags` gives them: release, GOOS and the rest included. */
export function evaluateConstraint(constraint: Constraint, tags: ReadonlySet<string>): boolean {
  switch (constraint.kind) {
    case 'tag':
      return tags.has(constraint.tag);
    case 'not':
      return !evaluateConstraint(constraint.of, tags);
    case 'and':
      return evaluateConstraint(constraint.left, tags) && evaluateConstraint(constraint.right, tags);
    case 'or':
      return evaluateConstraint(constraint.left, tags) || evaluateConstraint(constraint.right, tags);
  }
}

/** The constraint as a `//go:build` expression that parses to the same meaning. */
export function formatConstraint(constraint: Constraint): string {
  const inner = (part: Constraint, plain: Constraint['kind'][]) =>
    plain.includes(part.kind) ? formatConstraint(part) : `(${formatConstraint(part)})`;
  switch (constraint.kind) {
    case 'tag':
      return constraint.tag;
    case 'not':
      return `!${inner(constraint.of, ['tag'])}`;
    case 'and':
      return `${inner(constraint.left, ['tag', 'not', 'and'])} && ${inner(constraint.right, ['tag', 'not'])}`;
    case 'or':
      return `${inner(constraint.left, ['tag', 'not', 'and', 'or'])} || ${inner(constraint.right, ['tag', 'not', 'and'])}`;
  }
}

/** The tags that a constraint names, sorted, each once. */
export function tagsNamed(constraint: Constraint): string[] {
  const found = new Set<string>();
  const visit = (part: Constraint): void => {
    if (part.kind === 'tag') found.add(part.tag);
    else if (part.kind === 'not') visit(part.of);
    else {
      visit(part.left);
      visit(part.right);
    }
  };
  visit(constraint);
  return [...found].sort();
}

/**
 * Parses the words before the variable of a `#cgo` line: words are alternatives, each in the old syntax, or a
 * `//go:build` expression when it has one of `&|()` (go/build, matchAuto). A word that does not parse is the tag
 * `ignore`, as Go has it elsewhere.
 * Null when there are no words: the line then always holds.
 */
export function parseCgoConstraint(text: string): Constraint | null {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words
    .map((word) => (/[&|()]/.test(word) ? parseConstraint(word) : parsePlusBuild(word)) ?? ignored)
    .reduce<Constraint | null>((left, right) => (left === null ? right : { kind: 'or', left, right }), null);
}

/** Whether a `#cgo` line with this constraint holds; an empty one always does. */
export function matchesCgoConstraint(text: string, tags: ReadonlySet<string>): boolean {
  const constraint = parseCgoConstraint(text);
  return constraint === null || evaluateConstraint(constraint, tags);
}

const knownOs = new Set<string>(platforms.os);
const knownArch = new Set<string>(platforms.arch);

/**
 * Whether the GOOS and GOARCH in a file's name admit the file (`x_linux.go`, `x_arm64_test.go`, `x_linux_amd64.c`),
 * as go/build's goodOSArchFile. What stands before the first `_` is never a platform.
 */
export function fileNameMatches(name: string, goos: string, goarch: string): boolean {
  const stem = name.split('.', 1)[0] ?? '';
  const cut = stem.indexOf('_');
  if (cut < 0) return true;
  const words = stem.slice(cut).split('_');
  if (words.at(-1) === 'test') words.pop();
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const holds = (word: string) => word === goos || word === goarch || platforms.implies[goos] === word;
  if (words.length >= 2 && knownOs.has(before) && knownArch.has(last)) return holds(last) && holds(before);
  return knownOs.has(last) || knownArch.has(last) ? holds(last) : true;
}
