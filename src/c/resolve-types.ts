import { constantValue } from './constant.ts';
import { type Resolution, sign } from './resolution.ts';
import { expressionUntil } from './resolve-expressions.ts';
import type { Declared } from './scopes.ts';
import { kind } from './spelling.ts';

/** What the words before a declarator say. */
export interface Specifiers {
  typedef: boolean;
  static: boolean;
  extern: boolean;
  inline: boolean;
  /** Whether a type was among them; else it is C89's implicit int, or no declaration. */
  type: boolean;
  size: number;
}

/** A declarator: the name and what it is. */
export interface Declarator {
  /** 0 when it declares no name. */
  name: number;
  token: number;
  function: boolean;
  /** Bytes; 0 when not known. */
  size: number;
  array: boolean;
  parameters: { name: number; size: number }[];
}

/** Whether a type name or a declaration can begin at a token, as far as what is declared tells. */
export function beginsType(r: Resolution, at: number): boolean {
  const keyword = r.keywordAt(at);
  if (keyword !== undefined) {
    return ['storage', 'type', 'struct', 'enum', 'typeof', 'attribute'].includes(keyword.class);
  }
  return r.kindAt(at) === kind.identifier && r.scopes.find(r.idAt(at))?.kind === 'typedef';
}

/** Whether an undeclared name at `at` stands where only a type fits: `x y`, `x *y` before what follows a declarator. */
export function unknownTypeAt(r: Resolution, at: number): boolean {
  if (!r.nameAt(at) || r.scopes.find(r.idAt(at)) !== undefined) return false;
  let next = at + 1;
  if (r.nameAt(next)) return !r.isAt(next + 1, sign[':']);
  if (r.keywordAt(next)?.class === 'storage' || r.keywordAt(next)?.class === 'type') return true;
  if (!r.isAt(next, sign['*'])) return false;
  while (r.isAt(next, sign['*']) || r.keywordAt(next)?.class === 'storage') next++;
  if (!r.nameAt(next)) return false;
  return [';', '=', ',', '[', ')'].some((text) => r.isAt(next + 1, sign[text]));
}

/** Reads declaration specifiers. With `guess`, an undeclared name before a declarator counts as a type. */
export function specifiers(r: Resolution, guess: boolean): Specifiers {
  const found: Specifiers = { typedef: false, static: false, extern: false, inline: false, type: false, size: 0 };
  for (;;) {
    const keyword = r.keywordAt(r.at);
    if (keyword === undefined) {
      if (r.kindAt(r.at) !== kind.identifier) {
        if (r.is(sign['[']) && r.isAt(r.at + 1, sign['['])) {
          r.skipBrackets();
          continue;
        }
        break;
      }
      if (found.type) break;
      const declared = r.scopes.find(r.idAt(r.at));
      if (declared?.kind === 'typedef') {
        if (r.scopes.file.get(r.idAt(r.at)) === declared) r.body?.names.add(r.idAt(r.at));
        found.size = declared.size;
      } else if (declared === undefined && guess && typeFollows(r)) r.use(r.at, 'type');
      else break;
      found.type = true;
      r.at++;
      continue;
    }
    const { text } = keyword;
    if (keyword.class === 'storage') {
      if (text === 'typedef') found.typedef = true;
      else if (text === 'static') found.static = true;
      else if (text === 'extern') found.extern = true;
      else if (text.includes('inline')) found.inline = true;
      r.at++;
      if (text === '_Atomic' && r.is(sign['('])) {
        r.at++;
        found.size = typeName(r);
        r.need(sign[')']);
        found.type = true;
      }
      if (text.toLowerCase().includes('complex')) {
        found.size = Math.max(8, found.size * 2);
        found.type = true;
      }
    } else if (keyword.class === 'type') {
      if (text === 'int') found.size ||= 4;
      else if (keyword.size > 0) found.size = keyword.size;
      else found.size ||= 4;
      found.type = true;
      r.at++;
    } else if (keyword.class === 'struct') {
      found.size = structure(r);
      found.type = true;
    } else if (keyword.class === 'enum') {
      enumeration(r);
      found.size = 4;
      found.type = true;
    } else if (keyword.class === 'typeof') {
      r.at++;
      if (r.is(sign['('])) {
        r.at++;
        if (beginsType(r, r.at)) found.size = typeName(r);
        else expressionUntil(r, sign[')']);
        r.need(sign[')']);
      }
      found.type = true;
    } else if (keyword.class === 'attribute') attribute(r);
    else break;
  }
  return found;
}

/** Whether what follows the undeclared name at the current token lets it be only a type. */
function typeFollows(r: Resolution): boolean {
  const next = r.at + 1;
  if (r.kindAt(next) === kind.identifier) {
    const keyword = r.keywordAt(next);
    return keyword === undefined || ['storage', 'type', 'struct', 'enum', 'attribute'].includes(keyword.class);
  }
  return r.isAt(next, sign['*']) || (r.isAt(next, sign['(']) && r.isAt(next + 1, sign['*']) && !r.scopes.local);
}

/** `__attribute__((…))`, `__declspec(…)`, `_Alignas(…)`: read over. */
export function attribute(r: Resolution): void {
  r.at++;
  if (!r.is(sign['('])) return;
  const start = r.at;
  r.skipBrackets();
  for (let at = start; at < r.at; at++) {
    if (r.kindAt(at) === kind.identifier && lenient.test(r.spellings.text(r.idAt(at)))) r.lenient = true;
  }
}

/** Attributes with which a symbol may stay undefined, or is defined by another name. */
const lenient = /^(__)?(weak|weakref|weak_import|alias|ifunc)(__)?$/;

function structure(r: Resolution): number {
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

function enumeration(r: Resolution): void {
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

/** A type name such as `const struct x *`: gives its size. */
export function typeName(r: Resolution): number {
  const base = specifiers(r, true);
  return r.deeper(() => declarator(r, base.size)).size;
}

/** Reads one declarator, abstract or not. */
export function declarator(r: Resolution, base: number): Declarator {
  let size = base;
  for (;;) {
    if (r.is(sign['*']) || r.is(sign['^']) || r.is(sign['&'])) {
      size = 8;
      r.at++;
    } else if (r.keywordAt(r.at)?.class === 'storage') r.at++;
    else if (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
    else break;
  }
  const result: Declarator = { name: 0, token: r.at, function: false, size, array: false, parameters: [] };
  let nested: Declarator | null = null;
  if (r.kindAt(r.at) === kind.identifier && r.keywordAt(r.at) === undefined) {
    result.name = r.idAt(r.at);
    result.token = r.at;
    r.at++;
  } else if (r.is(sign['(']) && nests(r, r.at + 1)) {
    r.at++;
    nested = r.deeper(() => declarator(r, 0));
    r.need(sign[')']);
  }
  let elements: number | null = 1;
  for (;;) {
    if (r.is(sign['['])) {
      const from = ++r.at;
      while (r.keywordAt(r.at)?.class === 'storage') r.at++;
      expressionUntil(r, sign[']']);
      const count = constantValue(r, from, r.at);
      elements = elements === null || count === null ? null : elements * count;
      r.need(sign[']']);
      result.array = true;
    } else if (r.is(sign['('])) {
      const params = parameters(r);
      if (!result.function) result.parameters = params;
      result.function = true;
    } else if (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
    else break;
  }
  result.size = elements === null ? 0 : result.size * elements;
  if (nested === null) return result;
  const pointer = nested.size === 8;
  return {
    ...nested,
    function: nested.function || (result.function && !pointer && !nested.array),
    size: pointer ? 8 : result.size,
    array: nested.array,
    parameters: nested.function || pointer ? nested.parameters : result.parameters,
  };
}

/** Whether `(` before token `at` encloses a declarator, and no parameter list. */
function nests(r: Resolution, at: number): boolean {
  if (r.isAt(at, sign['*']) || r.isAt(at, sign['^']) || r.isAt(at, sign['('])) return true;
  const keyword = r.keywordAt(at);
  if (keyword !== undefined) return keyword.class === 'attribute' || keyword.text.startsWith('__cdecl');
  return (
    r.nameAt(at) && r.scopes.find(r.idAt(at))?.kind !== 'typedef' && !r.nameAt(at + 1) && !r.isAt(at + 1, sign['*'])
  );
}

function parameters(r: Resolution): { name: number; size: number }[] {
  r.need(sign['(']);
  r.scopes.push();
  const found = parametersInside(r);
  r.scopes.pop();
  return found;
}

/** How a parameter or local object is kept. */
export function localName(kind: 'parameter' | 'variable' | 'typedef', size: number): Declared {
  return { kind, external: false, defined: true, symbol: null, inline: false, size, value: null };
}

function parametersInside(r: Resolution): { name: number; size: number }[] {
  const found: { name: number; size: number }[] = [];
  const bare: number[] = [];
  let typed = false;
  while (!r.is(sign[')'])) {
    if (r.done) return found;
    if (r.take(sign[',']) || r.take(sign['...'])) continue;
    const from = r.at;
    const old = r.nameAt(r.at) && (r.isAt(r.at + 1, sign[',']) || r.isAt(r.at + 1, sign[')']));
    if (old && r.scopes.find(r.idAt(r.at))?.kind !== 'typedef') {
      found.push({ name: r.idAt(r.at), size: 8 });
      bare.push(r.at);
      r.at++;
      continue;
    }
    typed = true;
    const base = specifiers(r, true);
    const made = r.deeper(() => declarator(r, base.size));
    if (made.name !== 0) {
      found.push({ name: made.name, size: made.size });
      r.scopes.declare(made.name, localName('parameter', made.size));
    }
    if (r.at === from) {
      if (r.kindAt(r.at) === kind.punctuator && (r.is(sign[';']) || r.is(sign['{']) || r.is(sign['}']))) return found;
      r.at++;
    }
  }
  // Beside a parameter with a type, a name alone is a type; with none, it is a parameter of old C.
  if (typed) for (const at of bare) r.use(at, 'type');
  r.at++;
  return found;
}
