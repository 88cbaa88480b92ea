// npm run accept:go1.5 [-- --work DIR]
// The article's case from its beginning: builds Go 1.5.4 from its source (with Go 1.4.3, both from Go's module proxy),
// builds a program that asks os/user with the article's three settings and musl-gcc, and wants the article's error; then
// patches by `gomusl patch-goroot --out`, builds with the copy and no further step, and wants the user's name.
// Not part of the gate: it takes minutes. A Go that was built in DIR before is taken as it is. Build gomusl first.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readExecutable } from '../src/elf/executable.ts';
import { disk } from '../src/io/disk.ts';

const { values } = parseArgs({ options: { work: { type: 'string', default: join(tmpdir(), 'gomusl-go1.5') } } });
const work = values.work;
const gomusl = fileURLToPath(new URL('../bin/gomusl.js', import.meta.url));
const program = fileURLToPath(new URL('../patches/os-user-buffer-size/probe/main.go', import.meta.url));
const refusal = 'user: unreasonable _SC_GETPW_R_SIZE_MAX of -1';
const settings = '-linkmode external -extldflags "-static"';
mkdirSync(work, { recursive: true });

const goroot = join(work, 'go1.5.4');
if (!existsSync(join(goroot, 'bin/go'))) buildFromSource();

// Go of that time does not tell a C compiler of today what it needs. The patched copy does so by itself.
const before = buildAndRun(goroot, compiler('musl-gcc-old', 'musl-gcc', ''), 'before');
const copy = join(work, 'patched');
rmSync(copy, { recursive: true, force: true });
const patching = run([process.execPath, gomusl, 'patch-goroot', '--goroot', goroot, '--out', copy], work, {});
if (patching.status !== 0) throw new Error(patching.said);
const after = buildAndRun(copy, 'musl-gcc', 'after');

const { username } = userInfo();
for (const [said, wanted] of [
  [before, refusal],
  [after, username],
]) {
  process.stdout.write(`${said === wanted ? 'as wanted' : `WRONG, wanted ${wanted}`}: ${said}\n`);
  if (said !== wanted) process.exitCode = 1;
}

/** What the program says that a Go builds with the article's three settings; it has to be a static musl program. */
function buildAndRun(root: string, cc: string, name: string): string {
  const product = join(work, name);
  rmSync(product, { force: true });
  const env = { CC: cc, CGO_ENABLED: '1' };
  const built = run([join(root, 'bin/go'), 'build', '-o', product, '-ldflags', settings, program], work, env);
  if (built.status !== 0) throw new Error(built.said);
  const { type, libc } = readExecutable(product, disk);
  process.stdout.write(`${name}: ${type}, ${libc}\n`);
  if (type !== 'static' || libc !== 'musl') process.exitCode = 1;
  return run([product], work, {}).said.trim();
}

function buildFromSource(): void {
  const bootstrap = join(work, 'bootstrap');
  for (const [version, folder] of [
    ['1.4.3', bootstrap],
    ['1.5.4', goroot],
  ] as const) {
    const named = `golang.org/toolchain@v0.0.1-go${version}.linux-amd64`;
    const got = spawnSync('go', ['mod', 'download', '-json', named], { cwd: work, encoding: 'utf8' });
    if (got.status !== 0) throw new Error(got.stdout + got.stderr);
    rmSync(folder, { recursive: true, force: true });
    cpSync((JSON.parse(got.stdout) as { Dir: string }).Dir, folder, { recursive: true });
    run(['chmod', '-R', 'u+w', folder], work, {});
  }
  // A module's archive has no executable bits.
  for (const folder of ['bin', 'pkg/tool/linux_amd64']) {
    for (const name of readdirSync(join(bootstrap, folder))) chmodSync(join(bootstrap, folder, name), 0o755);
  }
  for (const built of ['bin', 'pkg']) rmSync(join(goroot, built), { recursive: true });
  run(['chmod', '-R', 'u+x', join(goroot, 'src')], work, {});
  const env = { GOROOT_BOOTSTRAP: bootstrap, CC: compiler('gcc-old', 'gcc', ' -w -fcommon') };
  process.stdout.write(`building Go 1.5.4 in ${goroot}\n`);
  const made = run(['bash', './make.bash'], join(goroot, 'src'), env);
  if (made.status !== 0) throw new Error(made.said);
}

/** A C compiler of today, told to do as those of 2015. */
function compiler(name: string, cc: string, more: string): string {
  const path = join(work, name);
  writeFileSync(path, `#!/bin/sh\nexec ${cc} -no-pie -Wa,-mrelax-relocations=no "$@"${more}\n`, { mode: 0o755 });
  return path;
}

function run(words: string[], cwd: string, more: Record<string, string>) {
  const env = { PATH: process.env.PATH, HOME: work, GOPATH: join(work, 'gopath'), ...more };
  const { status, stdout, stderr } = spawnSync(words[0] ?? '', words.slice(1), { cwd, env, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}
