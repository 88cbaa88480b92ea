import type { Remedy } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { escapeText, shellWord } from '../report/escape.ts';

/** What a remedy does, in a few words. */
export function remedyText(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'define':
    case 'linker-flag':
      return remedy.flags.join(' ');
    case 'arguments':
      return `${remedy.words.join(' ')} through the script that calls zig`;
    case 'kernel-headers':
      return "the kernel's headers, from a folder of their own";
    case 'own-headers':
      return `headers of gomusl's own: ${remedy.headers.join(', ')}`;
    case 'shim':
      return `objects that define ${remedy.symbols.join(', ')}`;
    case 'tag':
      return `-tags ${remedy.tags.join(',')}`;
    case 'goroot-patch':
      return `Go's patch ${remedy.patch}, by overlay`;
    case 'module-patch':
      return `the patch ${remedy.patch}, in a copy of ${remedy.module}@${remedy.version}`;
    case 'module-version':
      return `${remedy.module}@${remedy.version}`;
    case 'toolchain':
      return `a toolchain with ${remedy.requires}`;
    case 'library':
      return `the library ${remedy.name}, built for musl`;
    case 'recipe':
      return `the library ${remedy.recipe}, as ${remedy.command} built it`;
    case 'source':
      return remedy.advice;
  }
}

/** The plan for a person: what and why, then lines that a shell can run. */
export function planText(plan: Plan): string {
  const lines = [`plan: ${plan.kind === 'pure' ? 'CGO_ENABLED=0, no C at all' : 'cgo, linked statically with musl'}`];
  lines.push(`  why: ${plan.reason}`);
  if (plan.toolchain) {
    const { name, libc, cxx } = plan.toolchain;
    const flavor = libc.flavor === 'debian' ? ' (Debian)' : '';
    lines.push(`  toolchain: ${name}, musl ${libc.version}${flavor}, ${cxx ? 'with C++' : 'without C++'}`);
    lines.push(`  chosen: ${plan.choice}`);
  }
  for (const { remedy, findings } of plan.remedies) {
    const count = `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
    lines.push(`  for ${count}: ${remedyText(remedy)}`);
  }
  for (const note of plan.notes) lines.push(`  note: ${note}`);
  for (const program of plan.programs) {
    lines.push(`  ${program.package}: ${program.output ?? 'compiled, written nowhere'}`);
  }
  const safe = lines.map(escapeText);
  safe.push('', `cd ${shellWord(plan.dir)} &&`);
  for (const [name, value] of Object.entries(plan.environment)) safe.push(`${name}=${shellWord(value)} \\`);
  safe.push(plan.command.map(shellWord).join(' '));
  return `${safe.join('\n')}\n`;
}
