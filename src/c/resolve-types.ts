import { type Resolution, sign } from './resolution.ts';
import { declarator } from './resolve-declarators.ts';
import { expressionUntil } from './resolve-expressions.ts';
import { enumeration, structure } from './resolve-structures.ts';
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

/** A type name such as `const struct x *`: gives its size. */
export function typeName(r: Resolution): number {
  const base = specifiers(r, true);
  return r.deeper(() => declarator(r, base.size)).size;
}
