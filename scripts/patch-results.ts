// Writes patches/RESULTS.md from what was proven and what was recorded.
import { existsSync, readFileSync } from 'node:fs';
import { parseGoVersion } from '../src/gomod/go-version.ts';
import type { Patch } from '../src/patch/patch.ts';
import { inRange } from '../src/patch/select.ts';
import { diffHash, type ProofRow } from './patch-proof.ts';

/** The table of all patches by release. `texts` is the file of recorded hashes. */
export function resultsTable(
  patches: Patch[],
  releases: { toolchains: string[]; 'text-only': string[] },
  rows: ProofRow[],
  texts: string,
): string {
  const recorded = existsSync(texts) ? readFileSync(texts, 'utf8').trim().split('\n').slice(1) : [];
  const lines = [
    '# What the patches did on real Go releases',
    '',
    'Written by `npm run patches`; do not edit. A probe runs on musl 1.2.3 (musl-gcc), statically linked, linux/amd64;',
    'that of net-no-data on musl 1.2.5, since older ones have not the fault. *absent* before: see the README of the patch.',
    'Up to Go 1.15 it is built with a patched copy that has all patches of its release, from 1.16 on with an overlay of',
    'the one patch. *compiles*: `go build std` in the copy. *reversed*: the copy after `--reverse`, against the source.',
    '*text only*: the release is not to be had as a toolchain; the hunks were tried on its text.',
    '',
  ];
  for (const patch of patches.filter(({ target }) => typeof target === 'string')) {
    const own = recorded.map((line) => line.split('\t')).filter((fields) => fields[0] === patch.name);
    const { from, to, fixed } = patch.range;
    lines.push(
      `## ${patch.name}`,
      '',
      `${patch.title}. Go ${from} to ${to}, ${fixed === null ? 'open upstream' : `fixed in ${fixed}`}.`,
    );
    const changed = own.filter((fields) => fields[2] !== '-');
    if (changed.length > 0) lines.push(`Recorded: ${changed.length} texts of ${count(changed)}, all of which it fits.`);
    lines.push('', '| Go | before | after | by | compiles | marker | reversed |', '|---|---|---|---|---|---|---|');
    for (const release of [...releases['text-only'], ...releases.toolchains]) {
      const version = parseGoVersion(release);
      if (version === null || !inRange(version, patch.range)) continue;
      const row = rows.find(
        (one) => one.release === release && one.patch === patch.name && one.hash === diffHash(patch, release),
      );
      const cells = row
        ? [row.before, row.after, row.delivery, row.compiles, row.marker, row.reversed]
        : ['text only', '', '', '', '', ''];
      if (row === undefined && !releases['text-only'].includes(release) && patch.goarch.length === 0)
        cells[0] = 'not proven yet';
      lines.push(`| ${release.slice(2)} | ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`);
    }
    lines.push('');
  }
  return `${lines.join('\n')}`;
}

function count(fields: string[][]): string {
  const files = new Set(fields.map((one) => one[1]));
  const most = Math.max(
    ...[...files].map((file) => fields.filter((one) => one[1] === file).reduce((sum, one) => sum + Number(one[6]), 0)),
  );
  return files.size === 1 ? `one file in ${most} releases` : `${files.size} files, up to ${most} releases each`;
}
