// npm run article: the numbers of the article that gomusl grows out of, measured again with the Go, gcc and musl that
// are here, beside its own. Needs go, gcc and musl-gcc; all is built in one temporary folder that is removed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine, type Timed, timePairs } from './bench/pairs.ts';
import { fillMarks } from './bench/table.ts';

const pairs = Number(process.argv[2] ?? 10);
const folder = mkdtempSync(join(tmpdir(), 'gomusl-article-'));
const helloC = '#include <stdio.h>\n\nint main(void)\n{\n\tprintf("hello, world!\\n");\n\treturn 0;\n}\n';
const helloGo = `package main

// #include <stdio.h>
// void helloworld() { printf("hello, world\\n"); }
import "C"

import (
	"log"
	"net"
)

func main() {
	log.Println(net.LookupIP("localhost"))
	C.helloworld()
}
`;
/** No package of its own calls C, std does: Go's linker can do it alone. */
const internalGo = `package main

import (
	"fmt"
	"net"
)

func main() {
	fmt.Println(net.LookupIP("localhost"))
}
`;

try {
  write('c/hello.c', helloC);
  for (const [name, text] of [
    ['cgo', helloGo],
    ['std', internalGo],
  ]) {
    write(`${name}/go.mod`, `module example.org/${name}\n\ngo 1.21\n`);
    write(`${name}/main.go`, text ?? '');
  }
  fillMarks('article', 'sizes', sizes());
  fillMarks('article', 'link times', linkTimes());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(path: string, text: string): void {
  execFileSync('mkdir', ['-p', join(folder, path, '..')]);
  writeFileSync(join(folder, path), text);
}

/** Bytes of a C program that a compiler makes of hello.c. */
function c(compiler: string, ...flags: string[]): number {
  execFileSync(compiler, ['-o', 'hello', 'hello.c', ...flags], {
    cwd: join(folder, 'c'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return statSync(join(folder, 'c/hello')).size;
}

/** Bytes of the Go program that calls C, with the article's settings. */
function go(compiler: string, extldflags: string): number {
  execFileSync('go', goWords('external', extldflags), { cwd: join(folder, 'cgo'), env: goEnvironment(compiler) });
  return statSync(join(folder, 'cgo/hello')).size;
}

function goWords(linkmode: string, extldflags: string): string[] {
  return ['build', '-o', 'hello', `-ldflags=-linkmode ${linkmode} -extldflags "${extldflags}"`];
}

function goEnvironment(compiler: string): NodeJS.ProcessEnv {
  return { ...process.env, CC: compiler, CGO_ENABLED: '1', GOFLAGS: '', GOTOOLCHAIN: 'local' };
}

function sizes(): string {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`;
  const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(2)} MB`;
  const said = (command: string, ...words: string[]) =>
    execFileSync(command, words, { encoding: 'utf8' }).split('\n')[0];
  const all = c('musl-gcc', '-static', '-s', '-Wl,--whole-archive', '-lc', '-Wl,--no-whole-archive');
  const least = c('musl-gcc', '-static', '-s');
  const dynamic = go('musl-gcc', '');
  const fixed = go('musl-gcc', '-static');
  const rows: [string, string, string][] = [
    ['C, static, musl (`musl-gcc -static hello.c`)', '12 KB', kilobytes(c('musl-gcc', '-static'))],
    [
      'the same, code on no pages of its own (`-Wl,-z,noseparate-code`)',
      '',
      kilobytes(c('musl-gcc', '-static', '-Wl,-z,noseparate-code')),
    ],
    ['C, dynamic, musl', '', kilobytes(c('musl-gcc'))],
    ['C, static, glibc', '', kilobytes(c('gcc', '-static'))],
    ['C, dynamic, glibc', '', kilobytes(c('gcc'))],
    ['Go with C, static, musl (the three settings)', '2.8 MB', megabytes(fixed)],
    ['Go with C, dynamic, musl', '2.8 MB', megabytes(dynamic)],
    ['static over dynamic, musl', '0', `${fixed < dynamic ? '-' : '+'}${kilobytes(Math.abs(fixed - dynamic))}`],
    ['Go with C, static, glibc', '', megabytes(go('gcc', '-static'))],
    ['Go with C, dynamic, glibc', '', megabytes(go('gcc', ''))],
    ['all of musl in a C program, over what hello needs, stripped', 'about 450 KB', kilobytes(all - least)],
  ];
  return [
    `${new Date().toISOString().slice(0, 10)}; ${said('go', 'version')?.replace('go version ', '')}, ${said('gcc', '--version')}.`,
    '',
    '| program | the article, 2015 | today |',
    '| --- | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** `go build` with everything compiled: what is left is loading and linking. */
function linkTimes(): string {
  const timed = (linkmode: string, compiler: string, extldflags: string): Timed => ({
    label: linkmode,
    command: ['go', ...goWords(linkmode, extldflags)],
    options: { cwd: join(folder, 'std'), env: goEnvironment(compiler) },
    before: () => rmSync(join(folder, 'std/hello'), { force: true }),
  });
  const times = timePairs(timed('internal', 'musl-gcc', ''), timed('external', 'musl-gcc', '-static'), pairs, [0]);
  const seconds = (value: number) => `${value.toFixed(2)} s`;
  const { wall, cpu } = times;
  const rows: [string, string, string, string][] = [
    ['internal linking', '0.24 s', seconds(wall.first.median), seconds(cpu.first.median)],
    ['external linking, static, musl-gcc', '0.33 s', seconds(wall.second.median), seconds(cpu.second.median)],
    ['external minus internal', '0.09 s', seconds(wall.difference.median), seconds(cpu.difference.median)],
    ['external divided by internal', '1.38', wall.ratio.median.toFixed(2), cpu.ratio.median.toFixed(2)],
  ];
  return [
    `${pairs} pairs in turn after one to warm up, medians, the last two rows pair by pair; ${machine()}.`,
    '',
    '| `go build` of a program in which only std calls C, all compiled | the article, 2015 | today, wall | today, CPU |',
    '| --- | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}
