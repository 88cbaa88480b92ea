import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disk } from '../../src/io/disk.ts';
import { diskTrees } from '../../src/io/disk-trees.ts';
import { loadPatches } from '../../src/patch/load.ts';
import { modulePatchesFor, writePatchedModules } from '../../src/patch/module-patches.ts';

const patches = fileURLToPath(new URL('../../patches', import.meta.url));
const name = 'go-nvml-rtld-deepbind';
const path = 'github.com/NVIDIA/go-nvml';
let room = '';

beforeAll(() => {
  room = realpathSync(mkdtempSync(join(tmpdir(), 'gomusl-module-')));
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

function run(command: string, words: string[], cwd: string, env: Record<string, string> = {}) {
  const all = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', ...env };
  return spawnSync(command, words, { cwd, env: all, encoding: 'utf8' });
}

it.for(['v0.12.4-1', 'v0.13.4-1'])(
  '%s does not build for musl, and its patched copy does',
  async (version, { skip }) => {
    const work = join(room, version);
    cpSync(join(patches, name, 'probe'), work, { recursive: true });
    writeFileSync(join(work, 'go.mod'), `module example.org/probe\n\ngo 1.20\n\nrequire ${path} ${version}\n`);
    const download = run('go', ['mod', 'download', '-json', path], work);
    skip(download.error !== undefined || download.status !== 0, 'needs go, and the module from its proxy');
    skip(run('musl-gcc', ['--version'], work).status !== 0, 'needs musl-gcc');
    run('go', ['mod', 'tidy'], work);
    const { Dir: dir } = JSON.parse(download.stdout) as { Dir: string };
    const probe = { GO: 'go', CC: 'musl-gcc', CGO_ENABLED: '1', STATIC: '-linkmode external -extldflags "-static"' };
    const before = run('sh', ['run.sh'], work, probe);
    expect(before.stderr).toMatch(/RTLD_DEEPBIND|linux\/limits\.h/);
    expect(before.status).toBe(1);

    const judged = modulePatchesFor(
      [{ path, version, dir }],
      loadPatches(patches, disk),
      { goos: 'linux', goarch: 'amd64' },
      disk,
    );
    expect(judged[0]?.answers[0]?.state).toBe('needed');
    const [goMod, goSum] = ['go.mod', 'go.sum'].map((file) => readFileSync(join(work, file), 'utf8'));
    const modfile = await writePatchedModules(
      judged,
      goMod ?? '',
      goSum ?? '',
      join(room, `patched-${version}`),
      diskTrees,
    );
    const after = run('sh', ['run.sh'], work, { ...probe, MODFLAGS: `-modfile=${modfile}` });
    expect(after.stderr).toBe('');
    expect(after.stdout).toBe('true\n');
    expect(readFileSync(join(work, 'go.mod'), 'utf8')).toBe(goMod);
    expect(readFileSync(join(dir, 'pkg/dl/dl_linux.go'), 'utf8')).not.toContain('ifndef RTLD_DEEPBIND');

    const replaced = `${goMod}\nreplace (\n\t${path} => ../mine\n)\n`;
    await expect(writePatchedModules(judged, replaced, '', join(room, 'no'), diskTrees)).rejects.toThrow(
      'go.mod replaces',
    );
  },
);
