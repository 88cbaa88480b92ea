import type { Libc } from '../libc/libc.ts';
import type { Program } from '../model/package-graph.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuledFinding } from './finish.ts';
import { offerPatches } from './module-patch.ts';
import type { Views } from './views.ts';

/**
 * What every rule says of one program: package rules on each of its packages, program rules on what the linker pulls.
 * Patches of modules are among the remedies of the errors that they take away.
 */
export function applyRules(program: Program, views: Views, libc: Libc, rules: readonly Rule[]): RuledFinding[] {
  const found = ruled(program, views, libc, rules);
  if (views.patched === null) return found;
  const { patches, views: after } = views.patched;
  return offerPatches(found, ruled(program, after, libc, rules), patches, views.graph);
}

function ruled(program: Program, views: Views, libc: Libc, rules: readonly Rule[]): RuledFinding[] {
  const found: RuledFinding[] = [];
  for (const rule of rules) {
    if (rule.scope === 'package') {
      for (const path of program.packages) {
        const view = views.compiled[path];
        if (!view) continue;
        for (const raw of rule.check(view, libc))
          found.push({ ...raw, ruleId: rule.id, stage: raw.stage ?? rule.stage });
      }
    } else if (rule.scope === 'program') {
      const view = views.links[program.id];
      if (!view) continue;
      for (const raw of rule.check(view, libc)) found.push({ ...raw, ruleId: rule.id, stage: raw.stage ?? rule.stage });
    }
  }
  return found;
}
