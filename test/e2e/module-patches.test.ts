import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';

// A module that builds for no musl as it is, and a patch of ours: with it the program builds and runs, however the
// module reaches the build, and neither the module cache nor the person's own files change.
const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const name = 'go-nvml-rtld-deepbind';
const path = 'github.com/NVIDIA/go-nvml';
const probe = fileURLToPath(new URL(`../../patches/${name}/probe`, import.meta.url));
const allow = ['--allow', 'module-patches'];
let room = '';

beforeAll(() => {
  room = realpathSync(mkdtempSync(join(tmpdir(), 'gomusl-module-')));
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

function run(words: string[], cwd: string, env: Record<string, string> = {}) {
  const all = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', ...env };
  const { status, stdout, stderr, error } = spawnSync(words[0] ?? '', words.slice(1), {
    cwd,
    env: all,
    encoding: 'utf8',
  });
  return { status: error === undefined ? status : null, stdout, stderr };
}
const command = (words: string[], cwd: string) => run(['node', gomusl, ...words, '--toolchain', 'musl-gcc'], cwd);
const texts = (folder: string, files: string[]) => files.map((file) => readFileSync(join(folder, file), 'utf8'));

/** A program that uses the module, in a folder of its own; why there is none on this machine. */
function program(folder: string, version: string): { dir: string; lacks: string | null } {
  const dir = join(room, folder);
  cpSync(probe, dir, { recursive: true });
  writeFileSync(join(dir, 'go.mod'), `module example.org/probe\n\ngo 1.20\n\nrequire ${path} ${version}\n`);
  if (run(['musl-gcc', '--version'], dir).status !== 0) return { dir, lacks: 'needs musl-gcc' };
  return {
    dir,
    lacks: run(['go', 'mod', 'tidy'], dir).status === 0 ? null : 'needs go, and the module from its proxy',
  };
}

/** Builds with the patch allowed, and runs what was built. */
function buildAndRun(dir: string) {
  const built = command(['build', ...allow, '-o', 'patched'], dir);
  expect(built.stderr).toMatch(/patched: static, musl \d/);
  expect(built.status).toBe(0);
  return run([join(dir, 'patched')], dir).stdout;
}

describe.each(['v0.12.4-1', 'v0.13.4-1'])('%s', (version) => {
  it('is blocked, and builds when the patch is allowed', ({ skip }) => {
    const { dir, lacks } = program(version, version);
    skip(lacks !== null, lacks ?? '');
    const own = texts(dir, ['go.mod', 'go.sum']);
    const { Dir: cached } = JSON.parse(run(['go', 'list', '-m', '-json', path], dir).stdout) as { Dir: string };
    const source = texts(cached, ['pkg/dl/dl_linux.go']);

    const plain = JSON.parse(command(['check', '--format', 'json'], dir).stdout) as Result;
    const remedy = { kind: 'module-patch', automatic: false, module: path, version, patch: name };
    const offered = plain.findings.filter(({ remedies }) => JSON.stringify(remedies).includes('module-patch'));
    expect(plain.verdict).toBe('blocked');
    expect(offered.map(({ evidence }) => evidence.name)).toContain('RTLD_DEEPBIND');
    expect(offered[0]?.remedies.at(-1)).toEqual(remedy);
    expect(offered.at(-1)?.action).toContain('Run gomusl build --allow module-patches');
    const refused = command(['build', '-o', 'plain'], dir);
    expect(refused.stderr).toContain('nothing was built');
    expect(refused.status).toBe(1);
    expect(command(['build', '--no-remedies', '-o', 'plain'], dir).stderr).toMatch(/RTLD_DEEPBIND|linux\/limits\.h/);

    const allowed = JSON.parse(command(['check', ...allow, '--format', 'json'], dir).stdout) as Result;
    expect(allowed.verdict).toBe('static-with-remedies');
    expect(allowed.runs[0]?.remedies).toContainEqual({ ...remedy, automatic: true });
    expect(buildAndRun(dir)).toBe('true\n');
    expect(texts(dir, ['go.mod', 'go.sum'])).toEqual(own);
    expect(texts(cached, ['pkg/dl/dl_linux.go'])).toEqual(source);
  });
});

describe('the patch reaches the build', () => {
  it('of a vendored module by an overlay, and the config can allow it', ({ skip }) => {
    const { dir, lacks } = program('vendored', 'v0.12.4-1');
    skip(lacks !== null, lacks ?? '');
    run(['go', 'mod', 'vendor'], dir);
    const vendored = texts(dir, [`vendor/${path}/pkg/dl/dl_linux.go`]);
    expect(command(['build', '-o', 'plain'], dir).status).toBe(1);
    writeFileSync(join(dir, 'gomusl.yaml'), 'allow: [module-patches]\n');
    expect(command(['build', '-o', 'configured'], dir).status).toBe(0);
    const plan = command(['build', ...allow, '--dry-run'], dir).stdout;
    expect(plan).toContain(`the patch ${name}, in a copy of ${path}@v0.12.4-1`);
    expect(plan).toContain('-overlay=');
    expect(plan).not.toContain('-modfile=');
    expect(buildAndRun(dir)).toBe('true\n');
    expect(texts(dir, [`vendor/${path}/pkg/dl/dl_linux.go`])).toEqual(vendored);
  });

  it('of a workspace by another go.work', ({ skip }) => {
    const { dir, lacks } = program('work/app', 'v0.12.4-1');
    skip(lacks !== null, lacks ?? '');
    mkdirSync(join(room, 'work/other'));
    writeFileSync(join(room, 'work/other/go.mod'), 'module example.org/other\n\ngo 1.20\n');
    const work = 'go 1.20\n\nuse (\n\t./app\n\t./other\n)\n\nreplace example.org/unused => ./other\n';
    writeFileSync(join(room, 'work/go.work'), work);
    expect(buildAndRun(dir)).toBe('true\n');
    expect(texts(room, ['work/go.work'])).toEqual([work]);
  });

  it('of no module that the person has replaced', ({ skip }) => {
    const { dir, lacks } = program('replaced', 'v0.12.4-1');
    skip(lacks !== null, lacks ?? '');
    const { Dir: cached } = JSON.parse(run(['go', 'list', '-m', '-json', path], dir).stdout) as { Dir: string };
    cpSync(cached, join(room, 'mine'), { recursive: true });
    writeFileSync(join(dir, 'go.mod'), `${texts(dir, ['go.mod'])[0]}\nreplace ${path} => ../mine\n`);
    const { stdout } = command(['check', ...allow, '--format', 'json'], dir);
    const { verdict, runs, findings } = JSON.parse(stdout) as Result;
    const remedies = [...runs, ...findings].flatMap((one) => one.remedies.map(({ kind }) => kind));
    expect(remedies).not.toContain('module-patch');
    expect(verdict).toBe('blocked');
  });
});
