import { disk } from '../io/disk.ts';
import { diskTrees } from '../io/disk-trees.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { clean, reverseCopy, verifyCopy } from '../patch/copy-verify.ts';
import { readManifest } from '../patch/manifest.ts';
import { escapeText } from '../report/escape.ts';
import { version } from './version.ts';

/** `gomusl patch-goroot --verify DIR` and `--reverse DIR`. */
export async function judgeCopy(root: string, reverse: boolean, format: 'text' | 'json'): Promise<number> {
  const manifest = readManifest(root, disk);
  if (manifest === null) {
    throw new Failure(exitCode.usage, 'this is no patched copy of ours', root, 'give a folder made with --out');
  }
  const head = { schemaVersion: 1, kind: 'patched-copy', tool: { name: 'gomusl', version }, root, manifest };
  if (reverse) {
    const left = await reverseCopy(root, manifest, diskTrees, disk);
    const lines = [`${root} is what ${manifest.source.goroot} was, byte for byte`];
    if (left.length > 0) lines.push(`${left.length} files came later and stay, the first is ${left[0]}`);
    print(format, { ...head, state: 'reversed', added: left }, lines);
    return exitCode.clean;
  }
  const state = await verifyCopy(root, manifest, diskTrees, disk);
  const whole = clean(state);
  const count = state.modified.length + state.missing.length + state.added.length;
  const lines = [
    whole
      ? `${root} is unchanged since it was made from ${manifest.source.goroot} (${manifest.source.version})`
      : `${root} was changed since it was made: ${count} ${count === 1 ? 'file differs' : 'files differ'}`,
    ...manifest.patches.map(({ name, hash }) => `  patch     ${name}@${hash.slice(0, 12)}`),
    ...(['modified', 'missing', 'added'] as const).flatMap((kind) =>
      state[kind].slice(0, 20).map((path) => `  ${kind.padEnd(8)}  ${path}`),
    ),
  ];
  print(format, { ...head, state: whole ? 'unchanged' : 'changed', ...state }, lines);
  return whole ? exitCode.clean : exitCode.findings;
}

function print(format: 'text' | 'json', json: object, lines: string[]): void {
  if (format === 'json') process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  else process.stdout.write(lines.map((line) => `${escapeText(line)}\n`).join(''));
}
