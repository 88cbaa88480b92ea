import { constantValue } from './constant.ts';
import { Lost, type Resolution, sign } from './resolution.ts';
import { block } from './resolve-statements.ts';
import { beginsType, specifiers, typeName } from './resolve-types.ts';
import { kind } from './spelling.ts';

/** Reads an expression up to one of two punctuators at its own level, which stays the current token. */
export function expressionUntil(r: Resolution, end: number | undefined, other?: number): void {
  r.deeper(() => {
    while (!r.done) {
      if (r.kindAt(r.at) === kind.punctuator) {
        const id = r.idAt(r.at);
        if (id === end || id === other) return;
        if (id === sign[')'] || id === sign[']'] || id === sign['}']) throw new Lost();
        if (id === sign[';']) throw new Lost();
      }
      term(r);
    }
    throw new Lost();
  });
}

/** Whether the token before `at` ends an operand, so that `&&` and `(` behind it are operators. */
function operandBefore(r: Resolution, at: number): boolean {
  const before = at - 1;
  const what = r.kindAt(before);
  if (what === kind.identifier) return r.keywordAt(before) === undefined;
  if (what === kind.punctuator)
    return r.isAt(before, sign[')']) || r.isAt(before, sign[']']) || r.isAt(before, sign['}']);
  return true;
}

/** Reads one token of an expression, or a bracketed part. */
function term(r: Resolution): void {
  const what = r.kindAt(r.at);
  if (what === kind.identifier) {
    name(r);
    return;
  }
  if (what === kind.punctuator) {
    const id = r.idAt(r.at);
    if (id === sign['(']) {
      parenthesis(r);
      return;
    }
    if (id === sign['[']) {
      r.at++;
      expressionUntil(r, sign[']']);
    } else if (id === sign['{']) {
      initialiser(r);
      return;
    } else if (id === sign['.'] || id === sign['->']) {
      if (r.kindAt(r.at + 1) === kind.identifier) r.at++;
    } else if (id === sign['&&'] && r.nameAt(r.at + 1) && !operandBefore(r, r.at)) r.at++;
  }
  r.at++;
}

function name(r: Resolution): void {
  const at = r.at;
  const keyword = r.keywordAt(at);
  if (keyword === undefined) {
    const call = r.isAt(at + 1, sign['(']);
    r.use(at, call ? 'call' : 'name');
    r.at++;
    if (call) stackUse(r, at);
    return;
  }
  r.at++;
  if (keyword.class === 'offsetof' && r.is(sign['('])) offsetOf(r);
  else if (keyword.class === 'generic' && r.is(sign['('])) generic(r);
  else if (keyword.class === 'typeof' || keyword.class === 'attribute') {
    if (r.is(sign['('])) parenthesis(r);
  } else if (keyword.class === 'asm') {
    while (r.keywordAt(r.at) !== undefined) r.at++;
    if (r.is(sign['('])) r.skipBrackets();
  } else if (keyword.class === 'statement' || keyword.class === 'assert') throw new Lost();
  else if (/va_arg$/.test(keyword.text) && r.is(sign['('])) listWithTypes(r);
  else if (keyword.text === '__builtin_types_compatible_p' && r.is(sign['('])) listWithTypes(r);
  else if (keyword.text === '__builtin_convertvector' && r.is(sign['('])) listWithTypes(r);
}

/** `alloca(CONSTANT)` counts as stack of the frame. */
function stackUse(r: Resolution, at: number): void {
  const text = r.spellings.text(r.idAt(at));
  if (text !== 'alloca' && text !== '__builtin_alloca') return;
  let end = r.at + 1;
  while (r.kindAt(end) !== kind.end && !r.isAt(end, sign[')'])) end++;
  const bytes = constantValue(r, r.at + 1, end);
  if (bytes !== null) r.largestFrame = Math.max(r.largestFrame, bytes);
}

/** `( … )`: a cast, a compound literal, a statement expression, an argument list or a group. */
function parenthesis(r: Resolution): void {
  const open = r.at;
  r.at++;
  if (r.is(sign['{'])) {
    r.deeper(() => block(r));
    r.need(sign[')']);
    return;
  }
  if (beginsType(r, r.at)) {
    typeName(r);
    if (r.is(sign[')'])) {
      r.at++;
      if (r.is(sign['{'])) initialiser(r);
      return;
    }
  } else if (unknownCast(r, open)) {
    r.use(r.at, 'type');
    while (!r.is(sign[')'])) r.at++;
    r.at++;
    return;
  }
  argumentsUntilClose(r);
}

function argumentsUntilClose(r: Resolution): void {
  r.deeper(() => {
    while (!r.is(sign[')'])) {
      if (r.done || r.is(sign[';']) || r.is(sign['}']) || r.is(sign[']'])) throw new Lost();
      const comma = r.is(sign[',']);
      term(r);
      if (comma && beginsType(r, r.at) && r.keywordAt(r.at)?.class !== 'attribute') typeName(r);
    }
  });
  r.at++;
}

/** `(x *)` or `(x) y` with `x` undeclared: only a type fits. */
function unknownCast(r: Resolution, open: number): boolean {
  if (!r.nameAt(r.at) || r.scopes.find(r.idAt(r.at)) !== undefined) return false;
  let next = r.at + 1;
  if (r.isAt(next, sign['*'])) {
    while (r.isAt(next, sign['*']) || r.keywordAt(next)?.class === 'storage') next++;
    return r.isAt(next, sign[')']);
  }
  if (!r.isAt(next, sign[')']) || operandBefore(r, open)) return false;
  const after = r.kindAt(next + 1);
  return after === kind.identifier || after === kind.number || after === kind.string || after === kind.character;
}

/** `{ … }` of an initialiser, with designators. */
export function initialiser(r: Resolution): void {
  r.need(sign['{']);
  r.deeper(() => {
    while (!r.is(sign['}'])) {
      if (r.done || r.is(sign[';']) || r.is(sign[')'])) throw new Lost();
      if (r.nameAt(r.at) && r.isAt(r.at + 1, sign[':']) && !operandBefore(r, r.at)) r.at += 2;
      else if (r.is(sign['?'])) {
        r.at++;
        conditionalMiddle(r);
      } else term(r);
    }
  });
  r.at++;
}

/** The part of `a ? b : c` up to its colon, so that `b :` is not taken for a designator. */
function conditionalMiddle(r: Resolution): void {
  for (let depth = 1; depth > 0 && !r.done; ) {
    if (r.is(sign['}']) || r.is(sign[';'])) return;
    if (r.is(sign['?'])) depth++;
    if (r.is(sign[':'])) depth--;
    term(r);
  }
}

/** `(type, member.member[index])`: members are no uses. */
function offsetOf(r: Resolution): void {
  r.at++;
  typeName(r);
  while (!r.is(sign[')'])) {
    if (r.done) throw new Lost();
    if (r.take(sign['['])) {
      expressionUntil(r, sign[']']);
      r.at++;
    } else r.at++;
  }
  r.at++;
}

/** Arguments of which some are types. */
function listWithTypes(r: Resolution): void {
  r.at++;
  while (!r.is(sign[')'])) {
    if (r.done) throw new Lost();
    if (beginsType(r, r.at)) typeName(r);
    else if (r.nameAt(r.at) && r.isAt(r.at - 1, sign[',']) && r.scopes.find(r.idAt(r.at)) === undefined) {
      r.use(r.at, 'type');
      r.at++;
    } else term(r);
  }
  r.at++;
}

/** `_Generic(x, type: a, default: b)`. */
function generic(r: Resolution): void {
  r.at++;
  expressionUntil(r, sign[','], sign[')']);
  while (r.take(sign[','])) {
    if (r.keywordAt(r.at)?.text === 'default') r.at++;
    else {
      specifiers(r, true);
      while (!r.is(sign[':']) && !r.done) r.at++;
    }
    r.need(sign[':']);
    expressionUntil(r, sign[','], sign[')']);
  }
  r.need(sign[')']);
}
