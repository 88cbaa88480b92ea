import type { Node } from 'web-tree-sitter';
import type { CNameUse } from '../model/facts.ts';
import type { SourceText } from './source-text.ts';

/** What may be a use of `C.name`, also in comments and strings: the tree decides. `...C.int` is one, `a.C.int` is not. */
const candidate = /(?<![\p{L}\p{N}_]|(?<!\.\.)\.)C\s*\.\s*([\p{L}_][\p{L}\p{N}_]*)/gu;

/** Uses of `C.name` in the order of the text, as cgo finds them: a local variable named C counts too. */
export function cNameUses(root: Node, source: SourceText, file: string): CNameUse[] {
  const found: CNameUse[] = [];
  for (const match of source.text.matchAll(candidate)) {
    const node = root.descendantForIndex(match.index, match.index + 1);
    const parent = node?.parent;
    if (!node || !parent) continue;
    const isSelector = node.type === 'identifier' && parent.type === 'selector_expression';
    const isType = node.type === 'package_identifier' && parent.type === 'qualified_type';
    if (!isSelector && !isType) continue;
    found.push({ name: match[1] ?? '', form: formOf(parent), place: { file, ...source.position(match.index) } });
  }
  return found;
}

/** Climbs out of parentheses, and where `star` is set out of `*x`, as cgo keeps its context there. */
function climb(node: Node, star: boolean): Node {
  let at = node;
  for (let parent = at.parent; parent !== null; parent = at.parent) {
    const isStar = star && parent.type === 'unary_expression' && parent.child(0)?.type === '*';
    if (parent.type !== 'parenthesized_expression' && !isStar) break;
    at = parent;
  }
  return at;
}

/** Whether the node is the one value that two names are assigned from. */
function feedsTwo(node: Node): boolean {
  const list = node.parent;
  const statement = list?.parent;
  if (list?.type !== 'expression_list' || list.namedChildCount !== 1 || !statement) return false;
  switch (statement.type) {
    case 'assignment_statement':
    case 'short_var_declaration':
      return statement.childForFieldName('left')?.namedChildCount === 2;
    case 'var_spec':
      return statement.childrenForFieldName('name').filter((child) => child?.type === 'identifier').length === 2;
    default:
      return false;
  }
}

/** How cgo sees a use of `C.name`: its contexts ctxCall, ctxCall2 and all others. */
function formOf(node: Node): CNameUse['form'] {
  const callee = climb(node, false);
  const call = callee.parent;
  if (call?.type !== 'call_expression' || call.childForFieldName('function')?.id !== callee.id) return 'other';
  return feedsTwo(climb(call, true)) ? 'call2' : 'call';
}
