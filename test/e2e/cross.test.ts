import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';

// Programs for another architecture than the machine's: judged, built, and run by qemu's emulator of a user's program.
const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-cross-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hello = `package main

// static int twice(int x) { return 2 * x; }
import "C"
import (
	"fmt"
	"net"
	"os/user"
	"runtime"
)

func main() {
	fmt.Println(runtime.GOARCH, C.twice(21))
	root, err := user.LookupId("0")
	fmt.Println(root.Username, err)
	_, err = net.LookupPort("tcp", "no such service")
	fmt.Println(err != nil)
}
`;
const sqlite = `package main

import (
	"database/sql"
	"fmt"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		panic(err)
	}
	var answer int
	if err := db.QueryRow("select 6 * 7").Scan(&answer); err != nil {
		panic(err)
	}
	fmt.Println(answer)
}
`;

const contexts = `package main

// int tried(void);
import "C"
import "fmt"

func main() { fmt.Println(C.tried()) }
`;
// The same C program that proves the shim on the machine itself, called from Go.
const tried = readFileSync(new URL('../../src/build/shims/try-ucontext.test.c', import.meta.url), 'utf8');

function run(words: string[], cwd: string, environment: Record<string, string | undefined> = {}) {
  const env = { ...process.env, CC: undefined, CXX: undefined, CGO_ENABLED: undefined, ...environment };
  const { status, stdout, stderr } = spawnSync(words[0] ?? '', words.slice(1), { cwd, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

function module(name: string, main: string): string {
  const dir = join(folder, name);
  mkdirSync(dir);
  writeFileSync(join(dir, 'go.mod'), `module example.org/${name}\n\ngo 1.21\n`);
  writeFileSync(join(dir, 'main.go'), main);
  return dir;
}

const lacks = (command: string) => (spawnSync(command, ['--version']).error ? `there is no ${command}` : null);
const qemu = 'qemu-aarch64-static';
const foreign = process.arch === 'arm64' ? 'this machine is arm64 itself' : lacks(qemu);

describe.each([
  { toolchain: 'zig', reason: foreign },
  { toolchain: 'musl-cross', reason: foreign ?? lacks('aarch64-linux-musl-gcc') },
])('linux/arm64 with $toolchain', ({ toolchain, reason }) => {
  if (reason !== null) process.stderr.write(`skipped: linux/arm64 with ${toolchain}, since ${reason}\n`);
  const words = ['--toolchain', toolchain];

  it.skipIf(reason !== null)('is judged and built, by GOARCH as by --goarch, and runs', () => {
    const dir = module(`hello-${toolchain}`, hello);
    const checked = run(['node', gomusl, 'check', '--format=json', '--goarch=arm64', ...words], dir);
    const result = JSON.parse(checked.stdout) as Result;
    expect(result).toMatchObject({ verdict: 'static', runs: [{ target: { goarch: 'arm64' } }] });
    const built = run(['node', gomusl, 'build', '--goarch', 'arm64', ...words, '-o', 'app'], dir);
    expect(built.stderr).toMatch(/app: static, musl 1\.2\.\d/);
    expect(run([qemu, join(dir, 'app')], dir).stdout).toBe('arm64 42\nroot <nil>\ntrue\n');
    const again = run(['node', gomusl, 'build', ...words, '-o', 'same'], dir, { GOARCH: 'arm64' });
    expect(again.stderr).toContain('same: static, musl');
    expect(run(['cmp', 'app', 'same'], dir).status).toBe(0);
  });

  it.skipIf(reason !== null)('becomes a static-pie where that is asked for', () => {
    const dir = join(folder, `hello-${toolchain}`);
    const built = run(['node', gomusl, 'build', '-buildmode=pie', ...words, '-o', 'pie'], dir, { GOARCH: 'arm64' });
    expect(built.stderr).toMatch(/pie: static-pie, musl 1\.2\.\d/);
    expect(run([qemu, join(dir, 'pie')], dir).stdout).toBe('arm64 42\nroot <nil>\ntrue\n');
  });

  it.skipIf(reason !== null)('switches between call stacks, which musl leaves to a shim', () => {
    const dir = module(`contexts-${toolchain}`, contexts);
    writeFileSync(join(dir, 'tried.c'), `#define main tried\n${tried}`);
    const built = run(['node', gomusl, 'build', '--goarch=arm64', ...words, '-o', 'app'], dir);
    expect(built.stderr).toMatch(/app: static, musl 1\.2\.\d/);
    expect(run([qemu, join(dir, 'app')], dir)).toMatchObject({ status: 0, stdout: '0\n' });
  });
});

// A minute of CPU time: with one of the two.
it.skipIf(foreign !== null)('takes a module with C sources', { timeout: 900_000 }, () => {
  const dir = module('sqlite', sqlite);
  expect(run(['go', 'get', 'github.com/mattn/go-sqlite3@v1.14.18'], dir).status).toBe(0);
  const built = run(['node', gomusl, 'build', '--toolchain', 'zig', '-o', 'app'], dir, { GOARCH: 'arm64' });
  expect(built.stderr).toMatch(/app: static, musl 1\.2\.\d/);
  expect(run([qemu, join(dir, 'app')], dir).stdout).toBe('42\n');
});

// The first time Go compiles its testing packages for that architecture.
it.skipIf(foreign !== null)(
  'gives other tools the environment of each architecture, and runs tests by the emulator',
  () => {
    const dir = module('tools', hello);
    const test = `package main

import (
	"runtime"
	"testing"
)

func TestArchitecture(t *testing.T) {
	if runtime.GOARCH != "arm64" {
		t.Fatal(runtime.GOARCH)
	}
	main()
}
`;
    writeFileSync(join(dir, 'main_test.go'), test);
    const words = [
      '--goarch',
      'arm64',
      '--toolchain',
      'zig',
      '--',
      'go',
      'test',
      '-v',
      '-count=1',
      '-exec',
      qemu,
      './...',
    ];
    const tested = run(['node', gomusl, 'exec', ...words], dir);
    expect(tested).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('arm64 42\nroot <nil>\ntrue\n--- PASS'),
    });
    const loop = `for arch in amd64 arm64; do (
    eval "$(node "$0" env --goarch $arch --toolchain zig)" && go build -o app-$arch .
  ) || exit 1; done`;
    expect(run(['sh', '-c', loop, gomusl], dir)).toMatchObject({ status: 0 });
    const verified = run(['node', gomusl, 'verify', 'app-amd64', 'app-arm64'], dir).stdout;
    expect(verified).toMatch(/static for linux\/amd64.*libc +musl 1\.2\..*static for linux\/arm64.*libc +musl 1\.2\./s);
  },
);

it('says in one line that a compiler is for another architecture', () => {
  const dir = module('other', hello);
  const built = run(['node', gomusl, 'build', '--toolchain', 'musl-gcc', '-o', 'app'], dir, { GOARCH: 's390x' });
  expect({ status: built.status, lines: built.stderr.trim().split('\n').length }).toEqual({ status: 3, lines: 1 });
  expect(built.stderr).toContain('the compiler does not compile for s390x');
});

it('builds what needs no C for every architecture of Go, and says in one line where there is no cgo', () => {
  const pure = module('pure', 'package main\n\nfunc main() {}\n');
  expect(run(['node', gomusl, 'build', '--goarch=ppc64', '-o', 'app'], pure).stderr).toContain('no libc, Go alone');
  const refused = (dir: string, goarch: string) => run(['node', gomusl, 'check', '--goarch', goarch], dir).stderr;
  expect(refused(module('no-cgo', hello), 'ppc64')).toMatch(/^gomusl: no musl toolchain is known .*: ppc64; .*\n$/);
  expect(refused(pure, 'amd46')).toMatch(/^gomusl: Go has no such architecture: amd46; .*\n$/);
});
