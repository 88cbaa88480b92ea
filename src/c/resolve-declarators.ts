import { constantValue } from './constant.ts';
import { type Resolution, sign } from './resolution.ts';
import { expressionUntil } from './resolve-expressions.ts';
import { attribute, specifiers } from './resolve-types.ts';
import type { Declared } from './scopes.ts';
import { kind } from './spelling.ts';

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
