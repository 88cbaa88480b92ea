import { resolve } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes, ProcessResult } from '../io/processes.ts';
import { exitCode, Failure } from '../model/failure.ts';

type Environment = Record<string, string | undefined>;

/** Where and how long `go` runs. */
export interface GoCall {
  /** Absolute path. */
  dir: string;
  environment: Environment;
  /** Milliseconds. */
  timeout: number;
}

/** The oldest Go whose `go list` has all the flags used here (`-pgo` and `-json=FIELDS`). */
const oldestGo = '1.20';

/**
 * What keeps a run of `go` a mere look: no other toolchain is fetched or started, no version control program runs, and
 * no flag of GOFLAGS (`-toolexec`, `-overlay`, …) reaches it; those that choose files are given as arguments.
 */
function lookOnly(call: GoCall): Environment {
  return {
    ...call.environment,
    GOTOOLCHAIN: 'local',
    GOVCS: '*:off',
    GOFLAGS: '-buildvcs=false',
    // A load lives for a second: collecting its garbage less often saves a fifth of its CPU time for 10 MB.
    GOGC: call.environment.GOGC || '400',
    PWD: call.dir,
  };
}

/** Runs `go` and gives its output; a Failure in plain words when it is absent, hangs, or ends with an error. */
export async function runGo(words: string[], call: GoCall, processes: Processes, files: Files): Promise<ProcessResult> {
  if (!files.isDirectory(call.dir)) {
    throw new Failure(exitCode.usage, 'there is no such folder', call.dir, 'name an existing one');
  }
  let result: ProcessResult;
  try {
    result = await processes.run(['go', ...words], {
      cwd: call.dir,
      env: lookOnly(call),
      timeout: call.timeout,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Failure(
      exitCode.unfinished,
      'no go command found',
      'PATH',
      'install Go, or put its bin folder into PATH',
    );
  }
  if (result.timedOut) {
    throw new Failure(
      exitCode.unfinished,
      `go ${words[0]} did not end within ${call.timeout / 1000} s`,
      call.dir,
      'run it by hand to see what it waits for',
    );
  }
  if (result.code !== 0) throw goFailure(result.stderr || errorIn(result.stdout), words[0] ?? '', call.dir);
  return result;
}

/** `go mod download -json` says on stdout why it failed. */
function errorIn(stdout: string): string {
  const match = /^\t"Error": ("(?:[^"\\]|\\.)*")/m.exec(stdout);
  return match === null ? '' : (JSON.parse(match[1] ?? '""') as string);
}

/** Turns what `go` wrote to stderr before it gave up into one line. */
export function goFailure(stderr: string, command: string, dir: string): Failure {
  const text = stderr.replace(/^go: downloading .*\n/gm, '').trim();
  const version = /flag provided but not defined: -(?:pgo|json|buildvcs)/.exec(text);
  if (version !== null) {
    return new Failure(exitCode.unfinished, `the go command is older than Go ${oldestGo}`, 'PATH', 'use a newer Go');
  }
  return messageFailure(text.replace(/^go: /, ''), '', dir) ?? general(text, command, dir);
}

/** Go prints positions relative to the folder that it ran in. */
export function inFolder(position: string, dir: string): string {
  return position === '' ? dir : resolve(dir, position);
}

function general(text: string, command: string, dir: string): Failure {
  const line = text.replace(/^go: /gm, '').split('\n').filter(Boolean).slice(0, 3).join(' ');
  return new Failure(
    exitCode.unfinished,
    `go ${command} failed: ${line || 'it said nothing'}`,
    dir,
    'correct that first',
  );
}

/**
 * Explains a message of the go command that a person meets often: `position` is `FILE:LINE:COLUMN` or empty.
 * Null when it is none of those.
 */
export function messageFailure(message: string, position: string, dir: string): Failure | null {
  const unfinished = (what: string, where: string, action: string) =>
    new Failure(exitCode.unfinished, what, where, action);

  const newer = /(\S+) requires go >= (\S+) \(running go ([^;)]+)/.exec(message);
  if (newer !== null) {
    const [, who = '', wanted = '', installed = ''] = newer;
    return unfinished(
      `Go ${wanted} is asked for, and Go ${installed} is installed`,
      /\.(mod|work)$/.test(who) ? inFolder(who, dir) : who,
      `install Go ${wanted} or newer`,
    );
  }
  const broken = /errors parsing (\S+):\n(?:(\S+?):(\d+)(?::\d+)?: )?(.*)/.exec(message);
  if (broken !== null) {
    const [, file = '', named, line, detail = ''] = broken;
    const where = line === undefined ? file : `${named}:${line}`;
    return unfinished(
      `${file.replace(/.*\//, '')} does not parse: ${detail}`,
      inFolder(where, dir),
      'correct that line',
    );
  }
  if (/go\.mod file not found|cannot find main module|does not contain main module/.test(message)) {
    return unfinished('no Go module found', dir, 'go to a folder with a go.mod (-C DIR), or name a PACKAGE@VERSION');
  }
  const replaced = /\(replaced by (\.[^)]*)\): reading|replacement directory (\S+) does not exist/.exec(message);
  if (replaced !== null) {
    const action = 'check it in a full clone, or remove the replace line';
    return unfinished(
      'go.mod replaces a module by a folder that is not there',
      replaced[1] ?? replaced[2] ?? '',
      action,
    );
  }
  if (message.startsWith('inconsistent vendoring')) {
    return unfinished('the vendor folder does not match go.mod', dir, 'run: go mod vendor');
  }
  const absent = /^stat (.*): (?:directory not found|no such file or directory)$/.exec(message);
  if (absent !== null) return unfinished('there is no such package', absent[1] ?? '', 'name a folder with Go files');
  const inStd = /^package (\S+) is not in (?:std|GOROOT)/.exec(message);
  if (inStd !== null) {
    return unfinished('there is no such package in std or the module', inStd[1] ?? '', 'correct the import path');
  }
  const remedy = /^(.*?)[;:]? to (?:add(?: it)?|download(?: it)?|fix|ignore|sync|update it):\n\s*(.*)/s.exec(message);
  if (remedy !== null) {
    const [, what = '', command = ''] = remedy;
    return unfinished(
      what.replace(/\s*\n\s*/g, ' '),
      inFolder(position, dir),
      `run: ${command.split('\n')[0]?.trim()}`,
    );
  }
  return null;
}
