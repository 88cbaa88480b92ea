// npm run bench:link [PAIRS]: what a link with zig costs beside one with musl-gcc: a `go build` that only has to link
// again, and the command that Go's linker starts for it, alone. Both as `gomusl build` plans them. Build gomusl first;
// musl-gcc and zig must be there, and zig must have built its musl.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../../src/model/plan.ts';
import { type Timed, timePairs } from './pairs.ts';
import { fillMarks, writeTable } from './table.ts';

const pairs = Number(process.argv[2] ?? 12);
const bin = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-bench-link-'));
const source = `package main

// static int twice(int x) { return 2 * x; }
import "C"
import "fmt"

var mark = "none"

func main() { fmt.Println(mark, C.twice(21)) }
`;

try {
  writeFileSync(join(folder, 'go.mod'), 'module example.org/hello\n\ngo 1.21\n');
  writeFileSync(join(folder, 'main.go'), source);
  const [gcc, zig] = [planned('musl-gcc'), planned('zig')];
  // Each compiles what it lacks before anything is timed.
  for (const plan of [gcc, zig]) must(withLdflags(plan, '-X=main.mark=first'), plan);
  fillMarks('performance', 'link-sizes', sizes([gcc, zig]));
  writeTable('link', labels('go build with'), timePairs(relinking(gcc), relinking(zig), pairs, [0]), pairs);
  const [first, second] = [hostLink(gcc), hostLink(zig)];
  writeTable('link-alone', labels('the linker that Go starts,'), timePairs(first, second, pairs, [0]), pairs);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function labels(before: string): [string, string] {
  return [`${before} musl-gcc`, `${before} zig`];
}

function planned(toolchain: string): Plan {
  const words = ['build', '--toolchain', toolchain, '-o', join(folder, toolchain), '--dry-run', '--format', 'json'];
  const said = execFileSync(process.execPath, [bin, ...words], { cwd: folder, maxBuffer: 1 << 28 });
  return (JSON.parse(said.toString()) as { plan: Plan }).plan;
}

/** The plan's `go build` with more words for Go's linker. */
function withLdflags({ command }: Plan, more: string): string[] {
  return command.map((word) => (word.startsWith('-ldflags=') ? `${word} ${more}` : word));
}

function environment(plan: Plan): NodeJS.ProcessEnv {
  return { ...process.env, ...plan.environment };
}

/** What the command said on stderr. */
function must(command: string[], plan: Plan): string {
  const [file = '', ...words] = command;
  const { status, stderr } = spawnSync(file, words, { cwd: folder, env: environment(plan), encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr}`);
  return stderr;
}

/** Each run links with another text in the program, so that Go's cache has no answer. */
function relinking(plan: Plan): Timed {
  const command = withLdflags(plan, '-X=main.mark=0');
  let count = 0;
  const before = () => {
    count += 1;
    command.splice(0, command.length, ...withLdflags(plan, `-X=main.mark=${process.pid}-${count}`));
  };
  return { label: plan.toolchain?.name ?? '', command, options: { cwd: folder, env: environment(plan) }, before };
}

/**
 * The command that Go's linker starts, with the objects that it made for it. Each run links another text, so that
 * zig's cache has no answer.
 */
function hostLink(plan: Plan): Timed {
  const name = plan.toolchain?.name ?? '';
  const objects = join(folder, `objects-${name}`);
  mkdirSync(objects);
  const line = /^host link: (.*)$/m.exec(
    must(withLdflags(plan, `-X=main.mark=${marked(0)} -v -tmpdir=${objects}`), plan),
  )?.[1];
  if (line === undefined) throw new Error('the linker of Go did not say what it starts');
  // Go quotes each word; a word without control characters reads as JSON.
  const words = [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([word]) => JSON.parse(word) as string);
  const at = words.indexOf('-o');
  words[at + 1] = join(folder, `alone-${name}`);
  const path = join(objects, 'go.o');
  const object = readFileSync(path);
  const place = object.indexOf(marked(0));
  if (place < 0) throw new Error("the text is not in Go's object");
  let count = 0;
  const before = () => {
    count += 1;
    object.write(marked(count), place);
    writeFileSync(path, object);
  };
  return { label: name, command: words, options: { cwd: folder, env: environment(plan) }, before };
}

/** Texts of one length that nothing else has. */
function marked(count: number): string {
  return `gomusl-mark-${String(count).padStart(6, '0')}`;
}

function sizes(plans: Plan[]): string {
  const size = (plan: Plan, more: string) => {
    must(withLdflags(plan, `-X=main.mark=${process.pid} ${more}`), plan);
    return `${(statSync(join(folder, plan.toolchain?.name ?? '')).size / 1_000_000).toFixed(2)} MB`;
  };
  const rows = plans.map((plan) => `| ${plan.toolchain?.name} | ${size(plan, '')} | ${size(plan, '-s')} |`);
  return ['| that hello | size | with `-ldflags=-s` |', '| --- | ---: | ---: |', ...rows].join('\n');
}
