import { type Resolution, sign } from './resolution.ts';
import { declaration } from './resolve-declarations.ts';
import { expressionUntil } from './resolve-expressions.ts';
import { beginsType, unknownTypeAt } from './resolve-types.ts';
import { kind } from './spelling.ts';

/** Reads `{ … }` in a scope of its own. */
export function block(r: Resolution): void {
  r.need(sign['{']);
  r.scopes.push();
  while (!r.is(sign['}'])) {
    if (r.done) break;
    statement(r);
  }
  r.scopes.pop();
  r.need(sign['}']);
}

function statement(r: Resolution): void {
  if (r.is(sign['{'])) {
    r.deeper(() => block(r));
    return;
  }
  if (r.take(sign[';'])) return;
  const keyword = r.keywordAt(r.at);
  if (keyword?.class === 'statement') {
    control(r, keyword.text);
    return;
  }
  if (keyword?.class === 'asm') {
    assembly(r);
    return;
  }
  if (keyword?.class === 'assert') {
    r.at++;
    r.skipBrackets();
    return;
  }
  if (r.nameAt(r.at) && r.isAt(r.at + 1, sign[':']) && !r.isAt(r.at + 2, sign[':'])) {
    r.at += 2;
    return;
  }
  const pastExtension = keyword?.text === '__extension__' ? r.at + 1 : r.at;
  if (beginsType(r, pastExtension) && keyword?.class !== 'attribute') declaration(r);
  else if (keyword?.class === 'attribute') attributed(r);
  else if (unknownTypeAt(r, r.at)) declaration(r);
  else {
    if (pastExtension !== r.at) r.at++;
    expressionUntil(r, sign[';']);
    r.at++;
  }
}

/** `__attribute__((fallthrough));` or a declaration that begins with an attribute. */
function attributed(r: Resolution): void {
  const from = r.at;
  while (r.keywordAt(r.at)?.class === 'attribute') {
    r.at++;
    r.skipBrackets();
  }
  if (r.take(sign[';'])) return;
  if (!beginsType(r, r.at)) return;
  r.at = from;
  declaration(r);
}

function control(r: Resolution, text: string): void {
  r.at++;
  switch (text) {
    case 'for': {
      r.need(sign['(']);
      r.scopes.push();
      if (beginsType(r, r.at) || unknownTypeAt(r, r.at)) declaration(r);
      else {
        expressionUntil(r, sign[';']);
        r.at++;
      }
      expressionUntil(r, sign[';']);
      r.at++;
      expressionUntil(r, sign[')']);
      r.at++;
      r.deeper(() => statement(r));
      // The body may be an `if` without brackets: its `else` sees the names of the loop.
      while (r.keywordAt(r.at)?.text === 'else') {
        statement(r);
        r.deeper(() => statement(r));
      }
      r.scopes.pop();
      return;
    }
    case 'if':
    case 'while':
    case 'switch':
      r.need(sign['(']);
      expressionUntil(r, sign[')']);
      r.at++;
      r.deeper(() => statement(r));
      return;
    case 'else':
      // Each `else if` of a long chain is read by the caller's loop, so that the chain's length costs no depth.
      return;
    case 'do':
      r.deeper(() => statement(r));
      return;
    case 'case':
      while (!r.is(sign[':'])) {
        expressionUntil(r, sign[':'], sign['?']);
        if (!r.take(sign['?'])) continue;
        if (r.is(sign[':'])) r.at++;
        else {
          expressionUntil(r, sign[':']);
          r.at++;
        }
      }
      r.at++;
      return;
    case 'default':
      r.need(sign[':']);
      return;
    case 'goto':
      if (r.is(sign['*'])) expressionUntil(r, sign[';']);
      else if (r.kindAt(r.at) === kind.identifier) r.at++;
      r.take(sign[';']);
      return;
    case '__label__':
      while (!r.done && !r.is(sign[';'])) r.at++;
      r.at++;
      return;
    default:
      expressionUntil(r, sign[';']);
      r.at++;
  }
}

/** `asm volatile goto ("…" : "=r" (x) : "r" (y) : "cc" : label);`: only what stands in inner brackets is used. */
function assembly(r: Resolution): void {
  r.at++;
  while (r.kindAt(r.at) === kind.identifier) r.at++;
  if (!r.take(sign['('])) return;
  while (!r.is(sign[')']) && !r.done) {
    if (r.is(sign['['])) r.skipBrackets();
    else if (r.take(sign['('])) {
      expressionUntil(r, sign[')']);
      r.at++;
    } else r.at++;
  }
  r.at++;
  r.take(sign[';']);
}
