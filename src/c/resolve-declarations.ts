import { Lost, type Resolution, sign } from './resolution.ts';
import { type Declarator, declarator, localName } from './resolve-declarators.ts';
import { expressionUntil, initialiser } from './resolve-expressions.ts';
import { block } from './resolve-statements.ts';
import { attribute, type Specifiers, specifiers } from './resolve-types.ts';
import { kind } from './spelling.ts';

/** Reads one declaration or function definition, at file scope or in a block. */
export function declaration(r: Resolution): void {
  r.lenient = false;
  const base = specifiers(r, true);
  if (r.take(sign[';'])) return;
  for (;;) {
    const made = declarator(r, base.size);
    const symbol = trailing(r);
    if (made.function && !base.typedef && definesFunction(r, made)) {
      functionBody(r, base, made, symbol);
      return;
    }
    declare(r, base, made, symbol);
    if (r.is(sign['='])) {
      r.at++;
      initial(r, base, made);
    }
    if (r.take(sign[','])) {
      while (r.keywordAt(r.at)?.class === 'attribute') attribute(r);
      continue;
    }
    r.need(sign[';']);
    return;
  }
}

/** `__asm__("name")` and attributes behind a declarator: gives the name for the linker. */
function trailing(r: Resolution): string | null {
  let symbol: string | null = null;
  for (;;) {
    const keyword = r.keywordAt(r.at);
    if (keyword?.class === 'attribute') attribute(r);
    else if (keyword?.class === 'asm') {
      r.at++;
      symbol = '';
      if (r.is(sign['('])) r.skipBrackets();
    } else return symbol;
  }
}

/** Whether a body follows: at once, or behind the parameter declarations of old C. */
function definesFunction(r: Resolution, made: Declarator): boolean {
  if (r.is(sign['{'])) return true;
  if (made.parameters.length === 0 || r.is(sign[';']) || r.is(sign[',']) || r.is(sign['='])) return false;
  for (let at = r.at; r.kindAt(at) !== kind.end; at++) {
    if (r.isAt(at, sign['{'])) return r.isAt(at - 1, sign[';']);
    if (r.isAt(at, sign['}']) || r.isAt(at, sign['=']) || r.isAt(at, sign['('])) return false;
  }
  return false;
}

function declare(r: Resolution, base: Specifiers, made: Declarator, symbol: string | null): void {
  if (made.name === 0) return;
  if (r.lenient) r.optional.add(made.name);
  const local = r.scopes.local;
  if (base.typedef) {
    r.scopes.declare(made.name, { ...localName('typedef', made.size), external: false });
    return;
  }
  if (local && !made.function && !base.extern) {
    r.scopes.declare(made.name, localName('variable', made.size));
    if (!base.static) r.largestFrame = Math.max(r.largestFrame, made.array ? made.size : 0);
    return;
  }
  r.scopes.declare(made.name, {
    kind: made.function ? 'function' : 'variable',
    external: !base.static,
    defined: !made.function && (!base.extern || r.is(sign['='])),
    symbol,
    inline: base.inline,
    size: made.size,
    value: null,
  });
  if (local) r.body?.names.add(made.name);
}

function initial(r: Resolution, base: Specifiers, made: Declarator): void {
  const outer = r.body;
  if (outer === null) {
    r.body = { owner: made.name, kept: !base.static, names: new Set() };
    r.bodies.push(r.body);
  }
  if (r.is(sign['{'])) initialiser(r);
  else expressionUntil(r, sign[','], sign[';']);
  r.body = outer;
}

function functionBody(r: Resolution, base: Specifiers, made: Declarator, symbol: string | null): void {
  const outer = r.body;
  const nested = r.scopes.local;
  r.scopes.declare(made.name, {
    kind: 'function',
    external: !base.static && !nested,
    defined: true,
    symbol,
    inline: base.inline,
    size: 0,
    value: null,
  });
  if (outer === null) {
    r.body = { owner: made.name, kept: !base.static && !base.inline, names: new Set() };
    r.bodies.push(r.body);
  }
  r.scopes.push();
  for (const parameter of made.parameters) r.scopes.declare(parameter.name, localName('parameter', parameter.size));
  while (!r.is(sign['{'])) {
    if (r.done) throw new Lost();
    oldParameters(r);
  }
  block(r);
  r.scopes.pop();
  r.body = outer;
}

/** `int a, b;` between the declarator and the body of old C: the names are known already. */
function oldParameters(r: Resolution): void {
  const base = specifiers(r, true);
  while (!r.take(sign[';'])) {
    if (r.done) throw new Lost();
    const made = declarator(r, base.size);
    if (made.name !== 0) r.scopes.declare(made.name, localName('parameter', made.size));
    if (!r.take(sign[',']) && !r.is(sign[';'])) throw new Lost();
  }
}
