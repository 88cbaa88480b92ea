import { existsSync, linkSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { children } from '../io/children.ts';
import { atEnd } from '../io/ending.ts';
import type { ProcessResult } from '../io/processes.ts';
import type { Plan } from '../model/plan.ts';

type Environment = Record<string, string | undefined>;

/** Runs the plan's `go build`; what it says goes on at once, and is kept for when it fails. */
export function goBuild(plan: Plan, environment: Environment): Promise<ProcessResult> {
  return withTemporaryFolder(plan, environment, (env) =>
    children.run(plan.command, { cwd: plan.dir, env, stderr: 'both' }),
  );
}

/**
 * Gives Go and what it starts a folder of its own for temporary files, and removes it: a `go build` or a linker that is
 * ended in the middle leaves such files where they are.
 */
async function withTemporaryFolder(
  plan: Plan,
  environment: Environment,
  run: (env: Environment) => Promise<ProcessResult>,
): Promise<ProcessResult> {
  const env = environmentOf(plan, environment);
  // With -work they are what a person wants to see.
  if (plan.command.some((word) => /^-work(=|$)/.test(word))) return run(env);
  let folder: string;
  try {
    folder = mkdtempSync(join(environment.GOTMPDIR || tmpdir(), 'gomusl-build-'));
  } catch {
    return run(env); // no place for it: Go says better what is wrong with that
  }
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  const forget = atEnd(remove);
  try {
    return await run({ ...env, TMPDIR: folder, GOTMPDIR: folder });
  } finally {
    remove();
    forget();
  }
}

function environmentOf(plan: Plan, environment: Environment): Environment {
  return { ...environment, ...plan.environment, PWD: plan.dir };
}

/** A `go build` that runs while it is still being judged, and writes nothing that a person would see. */
export interface BuildBeside {
  plan: Plan;
  /** Ends it, and takes away what it wrote. */
  cancel(): Promise<void>;
  /** Waits for it; puts its products where the plan wants them. */
  finish(): Promise<ProcessResult>;
}

/** Flags that make `go build` tell what it does as it goes, or that do not build. */
const telling = /^-(n|v|x|json|work)(=|$)/;

/**
 * Begins a plan that is only guessed, beside the check: the products go into a folder of their own, next to where they
 * belong, so that one rename puts each in place. A product that is there is linked into it, so that Go sees one that is
 * up to date; Go replaces a file by another and never writes into one (cmd/go/internal/work, moveOrCopyFile). Null
 * where that cannot be done.
 */
export function buildBeside(plan: Plan, environment: Environment): BuildBeside | null {
  const outputs = plan.programs.flatMap(({ output }) => output ?? []);
  const folders = new Set(outputs.map((output) => dirname(output)));
  const [folder] = folders;
  if (folder === undefined || folders.size !== 1 || outputs.length !== plan.programs.length) return null;
  if (plan.command.some((word) => telling.test(word)) || !outputs.every(canBeReplaced)) return null;
  let own: string;
  try {
    own = mkdtempSync(join(folder, '.gomusl-'));
  } catch {
    return null; // no such folder yet, or not for us to write: the build itself will say so
  }
  const remove = () => rmSync(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  try {
    for (const output of outputs) if (existsSync(output)) linkSync(output, join(own, basename(output)));
  } catch {
    remove();
    return null; // a file system without hard links: Go would link the program again each time
  }
  const forget = atEnd(remove);
  const [go = '', build = '', ...words] = plan.command;
  const others = words.filter((word) => !word.startsWith('-o='));
  const target = outputs.length === 1 ? join(own, basename(outputs[0] ?? '')) : `${own}/`;
  const ending = new AbortController();
  const command = [go, build, `-o=${target}`, ...others];
  const running = withTemporaryFolder(plan, environment, (env) =>
    children.run(command, { cwd: plan.dir, env, signal: ending.signal }),
  );
  running.catch(() => undefined); // told by whoever awaits it
  const settle = () => {
    remove();
    forget();
  };
  return {
    plan,
    async cancel() {
      ending.abort();
      await running.catch(() => undefined);
      settle();
    },
    async finish() {
      try {
        const result = await running;
        process.stderr.write(result.stderr.replaceAll(`${own}/`, `${folder}/`));
        if (result.code === 0) {
          // A library for C has its header beside it.
          for (const name of readdirSync(own)) renameSync(join(own, name), join(folder, name));
        }
        return result;
      } finally {
        settle();
      }
    },
  };
}

/** `go build` writes into nothing but a plain file. */
function canBeReplaced(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
}
