import { versionName } from '../gomod/go-version.ts';
import type { GoTree } from '../patch/go-tree.ts';
import type { HunkConflict, PatchAnswer } from '../patch/patch.ts';
import { escapeText } from '../report/escape.ts';

/** All that `gomusl patch-goroot` has to say of one tree. */
export interface PatchReport {
  /** Version of gomusl. */
  tool: string;
  tree: GoTree;
  answers: PatchAnswer[];
  /** What was written; null when nothing was. */
  destination: { kind: 'overlay' | 'copy'; path: string; state: 'made' | 'there already' } | null;
  notes: string[];
}

/** The report for a person. */
export function printText(report: PatchReport): string {
  const { tree, answers, destination } = report;
  const needed = answers.filter(({ state }) => state === 'needed').length;
  const lines = [`${versionName(tree.version)} in ${tree.root}: ${needed} of ${answers.length} patches needed`];
  const width = Math.max(...answers.map(({ patch }) => patch.name.length), 0);
  for (const { patch, state, detail, conflicts } of answers) {
    const words = detail.startsWith(state) ? detail : `${state}: ${detail}`;
    lines.push(`  ${patch.name.padEnd(width)}  ${words}`);
    for (const conflict of conflicts) lines.push(...conflictText(conflict));
  }
  for (const note of report.notes) lines.push(`note: ${note}`);
  lines.push(lastLine(report, needed, destination));
  return lines.map((line) => `${escapeText(line)}\n`).join('');
}

function lastLine({ answers }: PatchReport, needed: number, destination: PatchReport['destination']): string {
  if (answers.some(({ state }) => state === 'conflict'))
    return 'nothing was written; --only NAME leaves the others out';
  if (needed === 0) return 'there is nothing to do';
  if (destination?.kind === 'overlay') return `next: go build -overlay=${destination.path}`;
  if (destination?.kind === 'copy') {
    const there = destination.state === 'there already' ? 'it was there already; ' : '';
    return `${there}next: ${destination.path}/bin/go build`;
  }
  return 'next: gomusl patch-goroot --overlay FILE, or --out DIR for a patched copy';
}

function conflictText(conflict: HunkConflict): string[] {
  const place = conflict.line === null ? conflict.file : `${conflict.file}:${conflict.line}`;
  return [
    `    ${place} (hunk ${conflict.hunk}): ${conflict.reason}`,
    ...conflict.expected.map((line) => `      expected  ${utf8(line)}`),
    ...conflict.found.map((line) => `      found     ${utf8(line)}`),
  ];
}

/** Lines of a diff are bytes as latin1 characters until they are shown. */
function utf8(line: string): string {
  return Buffer.from(line, 'latin1').toString('utf8').replaceAll('\t', '    ');
}

/** The report for a program; its shape is in docs/patches.md. */
export function printJson({ tool, tree, answers, destination, notes }: PatchReport): string {
  const json = {
    schemaVersion: 1,
    kind: 'patch-goroot',
    tool: { name: 'gomusl', version: tool },
    goroot: tree.root,
    goVersion: versionName(tree.version),
    patches: answers.map(({ patch, state, detail, conflicts, files }) => ({
      name: patch.name,
      title: patch.title,
      issue: patch.issue,
      catalogue: patch.catalogue,
      hash: patch.hash,
      state,
      detail,
      files: files.map(({ path, offsets }) => ({ path, offsets })),
      conflicts: conflicts.map((conflict) => ({
        ...conflict,
        expected: conflict.expected.map(utf8),
        found: conflict.found.map(utf8),
      })),
    })),
    destination,
    notes,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
