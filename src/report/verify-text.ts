import type { ExecutableView, LinkedCode, TrialRun } from '../model/executable.ts';
import type { Finding } from '../model/finding.ts';
import type { Result, Run } from '../model/result.ts';
import { escapeText } from './escape.ts';
import { columns } from './finding-text.ts';
import { wrap } from './wrap.ts';

const mostNamed = 6;

/**
 * What `verify` found, for a person: the verdict first, the facts that prove it, the next command last. `startsHere`
 * says whether this machine starts programs of an architecture.
 */
export function verifyText(result: Result, startsHere: (goarch: string) => boolean = () => true): string {
  const parts = result.runs.flatMap((run) => {
    const view = run.executable;
    if (view === undefined) return [];
    const told = [
      ...lines(`${run.verdict}: ${headline(view, run.verdict)}`, '', 3),
      ...facts(view).flatMap(([name, text]) => lines(text, `  ${name.padEnd(9)}`, 4)),
      ...run.limits.flatMap(({ reason }) => lines(reason, '  limit    ', 3)),
      ...result.findings.filter(({ runs }) => runs.includes(run.id)).flatMap(findingLines),
    ];
    return [told.join('\n')];
  });
  return `${parts.join('\n\n')}\n\n${next(result, startsHere)}\n`;
}

function headline(view: ExecutableView, verdict: Run['verdict']): string {
  const path = view.path;
  switch (verdict) {
    case 'static':
      return `${path} is one static executable with musl inside`;
    case 'pure':
      return `${path} is one static executable of Go alone, without a libc`;
    case 'unknown':
      return `${path} is static, but which libc is inside cannot be told`;
    default:
      if (view.type === 'shared-object') return `${path} is a shared library`;
      if (view.type === 'relocatable') return `${path} is an object, not a program`;
      if (view.type === 'dynamic') return `${path} is dynamic: it needs files beside itself to start`;
      return `${path} is static, but with glibc inside`;
  }
}

function facts(view: ExecutableView): [string, string][] {
  const lines: [string, string][] = [['kind', kind(view)]];
  const version = view.libcVersion ?? 'of unknown version';
  const shown = view.evidence.slice(0, 2).map(({ says }) => says);
  const libc = view.libc === 'musl' ? `musl ${version}` : view.libc;
  lines.push(['libc', shown.length === 0 ? libc : `${libc}, shown by ${shown.join(' and ')}`]);
  if (view.needed.length > 0) lines.push(['needs', view.needed.join(', ')]);
  if (view.versions.length > 0) lines.push(['versions', view.versions.join(', ')]);
  if (view.go !== null) lines.push(['Go', goFacts(view)]);
  if (view.stdPatches.length > 0) lines.push(['patches', `Go's std has ${view.stdPatches.join(', ')}`]);
  if (view.cgo.length > 0) lines.push(['C from', cgoFacts(view)]);
  const code = view.linkedC ?? [];
  if (code.length > 0) lines.push(['C code', codeFacts(code)]);
  for (const { name, version, licence, duty } of view.builtWith ?? []) {
    lines.push(['library', `${name} ${version} (${licence}${duty === null ? '' : `: linked statically, ${duty}`})`]);
  }
  lines.push(['memory', memoryFacts(view)]);
  if (view.run !== undefined) lines.push(['run', runFacts(view.run)]);
  if (view.stackSize > 0) lines.push(['threads', `C threads get ${view.stackSize} bytes of stack`]);
  if (view.note !== null) {
    const told = Object.entries(view.note).filter(([key]) => key !== 'libraries');
    lines.push(['built by', told.map((pair) => pair.join(' ')).join(', ')]);
  }
  return lines;
}

function kind(view: ExecutableView): string {
  const extras = [
    view.interpreter === null ? 'no loader' : `loader ${view.interpreter}`,
    ...(view.needed.length === 0 ? ['no needed libraries'] : []),
    ...(view.stripped ? ['stripped'] : []),
  ];
  return `${view.type} for linux/${view.machine}, ${extras.join(', ')}`;
}

function goFacts(view: ExecutableView): string {
  if (view.go === null) return '';
  const { goVersion, path, main, deps, settings } = view.go;
  const shown = ['CGO_ENABLED', '-tags', '-buildmode', '-race'].flatMap((name) => {
    const value = settings[name];
    return value === undefined || value === 'exe' ? [] : [`${name}=${value}`];
  });
  const named = main?.version ? `${path} ${main.version}` : path;
  const modules = deps.length === 0 ? [] : [`${deps.length} other module${deps.length === 1 ? '' : 's'}`];
  return [goVersion, named, ...modules, ...shown].join(', ');
}

/** What the headers ask of the kernel, in a line: what a hardened system looks at. */
function memoryFacts(view: ExecutableView): string {
  const stack =
    view.executableStack === null ? 'stack of unknown kind' : `${view.executableStack ? '' : 'no '}executable stack`;
  return [
    stack,
    `${view.writableCode.length > 0 ? '' : 'no '}writable code`,
    view.relro ? 'RELRO' : 'no RELRO',
    view.tls === null ? 'no thread-local storage' : `${view.tls} bytes of thread-local storage`,
    view.unwindIndex ? 'unwind index' : 'no unwind index',
  ].join(', ');
}

/** Modules that brought C code, with their licences. */
function codeFacts(code: LinkedCode[]): string {
  const modules = new Map<string, LinkedCode[]>();
  for (const one of code) modules.set(one.module.path, [...(modules.get(one.module.path) ?? []), one]);
  const told = [...modules].slice(0, mostNamed).map(([path, own]) => {
    const files = own.reduce((sum, { sources, objects }) => sum + sources.length + objects.length, 0);
    const licences = new Set(own.flatMap((one) => one.licences.map(({ file, spdx }) => spdx ?? file)));
    const libraries = new Set(own.flatMap((one) => one.libraries));
    const and = libraries.size === 0 ? '' : ` with ${[...libraries].join(' ')}`;
    return `${path} (${[...licences].join(', ') || 'no licence file'}; ${files} file${files === 1 ? '' : 's'}${and})`;
  });
  const left = modules.size - told.length;
  return `${told.join(', ')}${left > 0 ? ` and ${left} more modules` : ''}`;
}

function runFacts(run: TrialRun): string {
  const where =
    run.root === 'empty-root' ? 'in an empty root' : 'in an empty folder (no root of its own was to be had)';
  const seconds = `${(run.milliseconds / 1000).toFixed(1)} s`;
  const missing = run.missing.length === 0 ? '' : `; it did not find ${run.missing.join(', ')}`;
  const last = run.stderr === '' || run.code === 0 ? '' : `; it said: ${run.stderr.split('\n').at(-1)}`;
  const ended = {
    exited: `ended ${where} with exit code ${run.code} after ${seconds}`,
    killed: `was ended ${where} by ${run.signal} after ${seconds}`,
    'still-running': `ran ${where} until it was ended after ${seconds}`,
    'not-started': `could not be started ${where}`,
  }[run.outcome];
  return `${ended}${missing}${last}`;
}

function cgoFacts(view: ExecutableView): string {
  const named = view.cgo.slice(0, mostNamed).map((entry) => entry.package);
  const left = view.cgo.length - named.length;
  return `${named.join(', ')}${left > 0 ? ` and ${left} more packages` : ''}`;
}

/** In at most seven lines. */
function findingLines(finding: Finding): string[] {
  return [
    ...lines(finding.what, `  ${finding.severity} ${finding.ruleId} `, 2),
    ...lines(finding.why, '    ', 3),
    ...lines(finding.action, '    > ', 2),
  ];
}

function next(result: Result, startsHere: (goarch: string) => boolean): string {
  const blocked = result.runs.find(({ verdict }) => verdict === 'blocked');
  const rule = result.findings.find(({ severity }) => severity === 'error')?.ruleId;
  if (blocked !== undefined && rule !== undefined) return `next: gomusl explain ${rule}`;
  const unknown = result.runs.find(({ verdict }) => verdict === 'unknown');
  if (unknown !== undefined) return 'next: gomusl build   (it links in a note that survives strip)';
  const path = result.runs[0]?.id ?? '';
  const machine = result.runs[0]?.executable?.machine;
  const command = path.includes('/') ? path : `./${path}`;
  const elsewhere = machine === undefined || startsHere(machine) ? '' : ` on linux/${machine}`;
  return lines(`next: ${command}${elsewhere}`, '', 2).join('\n');
}

/** The text in at most `most` lines, `first` before the first and blanks of its length before the others. */
function lines(text: string, first: string, most: number): string[] {
  return wrap(escapeText(text), columns - first.length, most).map(
    (line, at) => (at === 0 ? first : ' '.repeat(first.length)) + line,
  );
}
