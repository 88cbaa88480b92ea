import { basename, dirname, join } from 'node:path';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { type BuildTools, expandWords, type Words } from './build-environment.ts';
import type { LibraryMeans } from './library-means.ts';
import type { Recipe, Step } from './recipe.ts';

/** Milliseconds for one command. */
const stepTime = 3_600_000;

/** Where a build takes place. */
export interface Workplace extends Words {
  /** The unpacked source. */
  tree: string;
  /** What the steps install: DESTDIR and the prefix in one. */
  out: string;
  /** File that takes what the commands print. */
  log: string;
}

/** The line of a log that says most: the last that speaks of an error, else the last. */
export function tellingLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const telling = /\berror\b|undefined reference|not found|No such file|No space left|cannot/i;
  const found = lines.filter((line) => telling.test(line) && !/^make(\[\d+\])?: \*\*\*/.test(line)).at(-1);
  return (found ?? lines.at(-1) ?? 'it said nothing').trim().slice(0, 160);
}

/** Runs one command of a build; what it prints goes to the log. Throws a failure that names the log when it fails. */
export async function runCommand(
  command: string[],
  cwd: string,
  subject: string,
  tools: BuildTools,
  place: Pick<Workplace, 'log'>,
  means: LibraryMeans,
): Promise<string> {
  means.append(place.log, `$ ${command.join(' ')}\n`);
  const result = await means.processes
    .run(command, { cwd, env: tools.environment, timeout: stepTime })
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      const action = 'install it; libraries are built with make, tar and what their recipe calls';
      throw new Failure(exitCode.unfinished, `a program that builds ${subject} is missing`, command[0] ?? '', action);
    });
  means.append(place.log, `${result.stdout}${result.stderr}\n`);
  if (result.code === 0) return result.stdout;
  const why = result.timedOut ? 'it took longer than an hour' : tellingLine(`${result.stdout}\n${result.stderr}`);
  const where = command.join(' ').slice(0, 100);
  throw new Failure(exitCode.unfinished, `building ${subject} failed: ${why}`, where, `the log is ${place.log}`);
}

/** Paths below `folder` that a pattern with `*` in its last part names, sorted. */
export function namedFiles(pattern: string, folder: string, files: Files): string[] {
  if (!pattern.includes('*')) return [pattern];
  const parent = dirname(pattern);
  const parts = basename(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const fits = new RegExp(`^${parts.join('.*')}$`);
  return (files.list(join(folder, parent)) ?? []).filter((name) => fits.test(name)).map((name) => join(parent, name));
}

/** Absolute paths of what patterns name: in the source, or behind `{own}/` beside the recipe. */
function matched(patterns: string[], { tree, own }: Workplace, recipe: Recipe, files: Files): string[] {
  return patterns.flatMap((pattern) => {
    const folder = pattern.startsWith('{own}/') ? own : tree;
    const found = namedFiles(pattern.replace(/^\{own\}\//, ''), folder, files).map((path) => join(folder, path));
    if (found.length > 0 && found.every(files.exists)) return found;
    const action = 'correct its recipe, or give the source that it is for';
    throw new Failure(exitCode.unfinished, `the source of ${recipe.name} has no such file`, pattern, action);
  });
}

function pcText({ pc }: Extract<Step, { pc: unknown }>, { title, version }: Recipe, prefix: string): string {
  return [
    `prefix=${prefix}`,
    `Name: ${pc.name}`,
    `Description: ${title}`,
    `Version: ${version}`,
    ...(pc.requires ? [`Requires: ${pc.requires}`] : []),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: pkg-config's variable
    `Cflags: ${['-I${prefix}/include', pc.cflags ?? ''].join(' ').trim()}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: pkg-config's variable
    `Libs: ${'-L${prefix}/lib'} ${pc.libs}`,
    '',
  ].join('\n');
}

/** Acts on each item, on so many at once; what one throws ends all that have not begun, once the begun ones are done. */
async function inParallel<T>(
  items: T[],
  atOnce: number,
  act: (item: T, at: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const at = next++;
      await act(items[at] as T, at).catch((error) => {
        failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.max(1, atOnce) }, worker));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

/** Runs the steps of a recipe in its source. */
export async function runSteps(
  recipe: Recipe,
  tools: BuildTools,
  place: Workplace,
  means: LibraryMeans,
): Promise<void> {
  const { tree, out } = place;
  const run = (command: string[], cwd: string) => runCommand(command, cwd, recipe.name, tools, place, means);
  for (const step of recipe.steps) {
    if ('run' in step) await run(expandWords(step.run, place, means), join(tree, step.in ?? ''));
    else if ('copy' in step) {
      for (const path of matched(step.copy, place, recipe, means.files)) {
        means.copy(path, join(out, step.to, basename(path)));
      }
    } else if ('compile' in step) {
      const flags = expandWords(step.flags ?? [], place, means);
      const paths = matched(step.compile, place, recipe, means.files);
      const objects = paths.map((path, at) => `gomusl-${at}-${basename(path).replace(/\.\w+$/, '')}.o`);
      await inParallel(paths, means.processors, (path, at) => {
        const compiler = /\.(cc|cpp|cxx)$/.test(path) ? tools.cxx : tools.cc;
        return run([...compiler, ...tools.cflags, ...flags, '-c', '-o', objects[at] ?? '', path], tree);
      });
      means.scratch.write(join(out, 'lib/.made'), '');
      await run([tools.ar, 'rcs', join(out, 'lib', step.archive), ...objects], tree);
    } else means.scratch.write(join(out, 'lib/pkgconfig', `${step.pc.name}.pc`), pcText(step, recipe, place.prefix));
  }
}
