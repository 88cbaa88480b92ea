import { constantValue } from './constant.ts';
import { type Resolution, sign } from './resolution.ts';
import { declarator } from './resolve-declarators.ts';
import { expressionUntil } from './resolve-expressions.ts';
import { attribute, specifiers } from './resolve-types.ts';
import { kind } from './spelling.ts';

/** Reads `struct` or `union` with its members where they stand: gives its size. */
export function structure(r: Resolution): number {
  const union = r.keywordAt(r.at)?.text === 'union';
  r.at++;
  while (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
  let tag = 0;
  if (r.kindAt(r.at) === kind.identifier) {
    tag = r.idAt(r.at);
    r.at++;
  }
  const known = tag === 0 ? undefined : r.scopes.tags.get(tag);
  if (!r.is(sign['{'])) {
    if (tag !== 0 && known === undefined) r.scopes.tags.set(tag, 0);
    return known ?? 0;
  }
  r.at++;
  const size = r.deeper(() => members(r, union));
  if (tag !== 0) r.scopes.tags.set(tag, size);
  return size;
}

function members(r: Resolution, union: boolean): number {
  let size = 0;
  while (!r.is(sign['}'])) {
    if (r.done) return size;
    if (r.take(sign[';'])) continue;
    if (r.keywordAt(r.at)?.class === 'assert') {
      r.at++;
      r.skipBrackets();
      continue;
    }
    const from = r.at;
    const base = specifiers(r, true);
    let any = false;
    while (!r.is(sign[';']) && !r.is(sign['}']) && !r.done) {
      const before = r.at;
      let bytes = base.size;
      if (!r.is(sign[':'])) bytes = declarator(r, base.size).size;
      if (r.take(sign[':'])) expressionUntil(r, sign[','], sign[';']);
      while (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
      size = union ? Math.max(size, bytes) : size + bytes;
      any = true;
      if (!r.take(sign[',']) && r.at === before) break;
    }
    if (!any) size = union ? Math.max(size, base.size) : size + base.size;
    r.take(sign[';']);
    if (r.at === from) {
      r.use(r.at, 'name');
      r.at++;
    }
  }
  r.at++;
  return size;
}

/** Reads `enum` and declares its constants. */
export function enumeration(r: Resolution): void {
  r.at++;
  while (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
  if (r.kindAt(r.at) === kind.identifier) {
    r.scopes.tags.set(r.idAt(r.at), 4);
    r.at++;
  }
  if (r.is(sign[':'])) {
    r.at++;
    specifiers(r, true);
  }
  if (!r.take(sign['{'])) return;
  let value: number | null = -1;
  while (!r.is(sign['}']) && !r.done) {
    if (r.kindAt(r.at) !== kind.identifier) {
      r.at++;
      continue;
    }
    const name = r.idAt(r.at);
    r.at++;
    while (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
    if (r.take(sign['='])) {
      const from = r.at;
      expressionUntil(r, sign[','], sign['}']);
      value = constantValue(r, from, r.at);
    } else if (value !== null) value++;
    const base = { kind: 'constant', external: false, defined: true, symbol: null, inline: false, size: 4 } as const;
    r.scopes.declare(name, { ...base, value });
    r.take(sign[',']);
  }
  r.take(sign['}']);
}
