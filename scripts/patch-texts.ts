// Checks patches against the text of every release in a clone of Go's history; records hashes, never text.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { compareGoVersions, type GoVersion, parseGoVersion } from '../src/gomod/go-version.ts';
import type { Patch } from '../src/patch/patch.ts';
import { selectPatches } from '../src/patch/select.ts';

/**
 * Tries each patch on the text of each release tag (and the newest candidate). Fails on any conflict. With `record`,
 * writes `file`: patch, path, blob id before, blob id after, first and last release with that text, number of releases.
 */
export function checkTexts(clone: string, patches: Patch[], file: string, record: boolean): void {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', clone, ...words], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 });
  const version = (tag: string) => parseGoVersion(tag) as GoVersion;
  const tags = git('tag')
    .toString()
    .split('\n')
    .filter((tag) => /^go1(\.\d+){0,2}(rc\d+)?$/.test(tag))
    .sort((a, b) => compareGoVersions(version(a), version(b)));
  const chosen = tags.filter((tag, at) => !tag.includes('rc') || at === tags.length - 1);
  const groups = new Map<string, string[]>();
  let conflicts = 0;
  for (const tag of chosen) {
    const read = (path: string) => {
      try {
        return git('show', `${tag}:${path.slice('/go/'.length)}`);
      } catch {
        return null;
      }
    };
    const files = { read, size: (path: string) => read(path)?.length ?? null };
    const archs = new Set(['amd64', ...patches.flatMap(({ goarch }) => goarch)]);
    for (const goarch of archs) {
      for (const one of patches) {
        if (goarch !== (one.goarch[0] ?? 'amd64') || typeof one.target !== 'string') continue;
        const [answer] = selectPatches([one], version(tag), { goos: 'linux', goarch }, '/go', files);
        if (answer?.state === 'conflict') {
          conflicts++;
          process.stderr.write(`${tag} ${one.name}: ${JSON.stringify(answer.conflicts)}\n`);
        }
        for (const { path, original, content } of answer?.files ?? []) {
          const key = [one.name, path, original === null ? '-' : blob(original), blob(content)].join('\t');
          groups.set(key, [...(groups.get(key) ?? []), tag]);
        }
      }
    }
  }
  if (conflicts > 0) throw new Error(`${conflicts} conflicts`);
  const lines = [...groups].map(([key, in_]) => `${key}\t${in_[0]}\t${in_.at(-1)}\t${in_.length}`).sort();
  const text = `patch\tfile\tblob before\tblob after\tfirst\tlast\treleases\n${lines.join('\n')}\n`;
  process.stderr.write(`${chosen.length} releases, ${lines.length} texts\n`);
  if (record) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) throw new Error(`${file} is stale: run with --record`);
}

/** The name that git gives to content. */
function blob(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
