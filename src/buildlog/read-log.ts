import { cleanLines, plainQuotes } from './clean.ts';
import type { BuildLog, Diagnostic } from './diagnostic.ts';
import { buildLogPatterns, type CompiledPattern, type DiagnosticKind, type Tool } from './patterns.ts';

const packageLine = /^# (?<path>[^\s()]+)(?: \[[^\]]*\])?$/;
const locatedLine =
  /^(?<file>[^\s:][^:]*|[A-Za-z]:[^:]+):(?<line>\d+):(?:(?<column>\d+):)? (?<severity>fatal error|error|warning|note): (?<message>.*)$/;
const goLine = /^(?<file>\S+\.(?:go|s|y)):(?<line>\d+)(?::(?<column>\d+))?: (?<message>.+)$/;
const goCommandLine =
  /^(?:go: (?!downloading |finding |extracting |added |upgraded |warning)|go build: |package \S+: |imports \S+|build constraints exclude|no required module|vet: |cgo: |loadinternal: |link: |\S+\.go: malformed #cgo )/;
/** cmd/link says so before it shows what the external linker wrote. */
const linkFailed = /\/link: running .+ failed: /;
const inFunction = /(?:^|[:\s])(?<file>[^\s:()]+)(?:\((?<member>[^()]+)\))?: in function '/;
const archiveMember = /(?<archive>[^\s:()]+\.a)\((?<member>[^()]+)\)/;
const lldReference = /^>>>\s+(?:referenced by )?(?<object>\S+?):\((?<section>.*)\)(?: in archive (?<archive>.+))?$/;
const lldPlainReference = /^>>> referenced by (?<object>\S+)$/;
const excerptLine = /^ *\d+ \| (?<code>.*)$/;
const linkerName = /(?:^|[/\s-])(?:ld|lld|collect2)(?:\.\w+)?: error: |(?:^|\s)\S*\bld(?:\.\w+)?: (?!warning:)/;
const driverError = /^(?:\S*(?:gcc|g\+\+|clang|clang\+\+|cc1|cc1plus|zig|cc)(?:-[\d.]+)?: )(?:fatal )?error: /;
const clangSign =
  /^\d+ (?:errors?|warnings?)(?: and \d+ errors?)? generated\.$|\bld\.lld: |'[^']+' file not found|\bclang\b/;
/** clang says this of a type that it does not know where only a type fits; the excerpt below shows which. */
const missingType = /^type specifier missing, defaults to 'int'/;
/** Errors of cc1 that only sum up others. */
const summary =
  /^(?:some warnings being treated as errors|too many errors emitted|all warnings being treated as errors|linker command failed|ld returned \d+ exit status)/;

/** More than this many diagnostics of a log are not kept: a log of a million errors says nothing that its start does not. */
export const mostDiagnostics = 50_000;

interface Found {
  pattern: CompiledPattern;
  groups: Record<string, string | undefined>;
}

function match(text: string, where: CompiledPattern['where']): Found | null {
  for (const pattern of buildLogPatterns()) {
    if (pattern.where !== where) continue;
    const found = pattern.expression.exec(text);
    if (found !== null) return { pattern, groups: found.groups ?? {} };
  }
  return null;
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function nameOf(groups: Found['groups']): string | null {
  if (groups.library !== undefined) return `-l${groups.library}`;
  return groups.name ?? null;
}

/**
 * Reads what gcc, clang, GNU ld, lld, cgo, go and pkg-config wrote. Text that is none of theirs passes without a trace;
 * a log may be cut anywhere.
 */
export function readBuildLog(log: string): BuildLog {
  const lines = cleanLines(log);
  const compiler: Tool = lines.some((line) => clangSign.test(line)) ? 'clang' : 'gcc';
  const diagnostics: Diagnostic[] = [];
  const packages: string[] = [];
  let current: string | null = null;
  let archive: string | null = null;
  let member: string | null = null;
  let linking = false;

  /** An error that names nothing, and the column of its excerpt that shows what it means. */
  let pointed: { diagnostic: Diagnostic; column: number } | null = null;

  const add = (
    logLine: number,
    text: string,
    what: { tool: Tool; stage: Diagnostic['stage']; kind: DiagnosticKind; severity: 'error' | 'warning' },
    place: Partial<Pick<Diagnostic, 'name' | 'file' | 'line' | 'column' | 'package' | 'archive' | 'member'>>,
  ) => {
    if (diagnostics.length >= mostDiagnostics) return;
    const empty = { name: null, file: null, line: null, column: null, package: current, archive: null, member: null };
    diagnostics.push({ ...what, ...empty, ...place, text, logLine });
  };
  const toolOf = (pattern: CompiledPattern) => (pattern.tool === 'compiler' ? compiler : pattern.tool);

  for (const [index, raw] of lines.entries()) {
    const logLine = index + 1;
    const header = packageLine.exec(raw)?.groups?.path;
    if (header !== undefined) {
      current = header;
      packages.push(header);
      archive = null;
      member = null;
      linking = false;
      continue;
    }
    const line = plainQuotes(raw);

    if (line.startsWith('>>>')) {
      attachLldReference(diagnostics.at(-1), line);
      continue;
    }
    const within = inFunction.exec(line)?.groups;
    if (within !== undefined) {
      archive = within.member === undefined ? null : (within.file ?? null);
      member = within.member ?? null;
    }

    const excerpt = pointed === null ? undefined : excerptLine.exec(raw)?.groups?.code;
    if (pointed !== null && excerpt !== undefined) {
      readExcerpt(pointed.diagnostic, excerpt, pointed.column);
      continue;
    }

    const located = locatedLine.exec(line)?.groups;
    if (located !== undefined) {
      const { file, message = '', severity } = located;
      if (severity !== 'note') pointed = null;
      else if (pointed !== null && message.startsWith('expanded from macro ')) {
        pointed.column = number(located.column) ?? 0;
      }
      const place = { file: file ?? null, line: number(located.line), column: number(located.column) };
      const whole = match(line, 'line');
      const found = whole ?? (severity?.endsWith('error') ? match(message, 'located') : null);
      if (found !== null) {
        const { kind, stage, severity: seen } = found.pattern;
        add(
          logLine,
          line,
          { tool: toolOf(found.pattern), stage, kind, severity: seen },
          { ...place, name: nameOf(found.groups) },
        );
      } else if (severity?.endsWith('error') && !summary.test(message)) {
        const missing = missingType.test(message);
        const kind = missing ? 'unknown-type' : 'other';
        add(logLine, line, { tool: compiler, stage: 'compile', kind, severity: 'error' }, place);
        const last = diagnostics.at(-1);
        if (last?.logLine === logLine) pointed = { diagnostic: last, column: place.column ?? 0 };
      }
      continue;
    }

    const found = match(line, 'line');
    if (found !== null) {
      const { kind, stage, severity } = found.pattern;
      const { groups } = found;
      const here = stage === 'link' ? (archiveMember.exec(line)?.groups ?? { archive, member }) : null;
      add(
        logLine,
        line,
        { tool: toolOf(found.pattern), stage, kind, severity },
        {
          name: nameOf(groups),
          file: groups.file ?? null,
          line: number(groups.line),
          column: number(groups.column),
          archive: here?.archive ?? null,
          member: here?.member ?? null,
          ...(groups.package === undefined ? {} : { package: groups.package }),
        },
      );
      continue;
    }

    linking ||= linkFailed.test(line);
    const go = goLine.exec(line)?.groups;
    if (go !== undefined && !/^(?:warning|note): /.test(go.message ?? '') && !go.message?.startsWith('(.')) {
      const place = { file: go.file ?? null, line: number(go.line), column: number(go.column) };
      add(logLine, line, { tool: 'go', stage: 'other', kind: 'go-error', severity: 'error' }, place);
    } else if (driverError.test(line) && !summary.test(line.replace(driverError, ''))) {
      add(logLine, line, { tool: compiler, stage: 'compile', kind: 'other', severity: 'error' }, {});
    } else if (linkerError(line) || (linking && line.startsWith('error: '))) {
      add(
        logLine,
        line,
        {
          tool: compiler === 'clang' || /lld/.test(line) ? 'lld' : 'ld',
          stage: 'link',
          kind: 'other',
          severity: 'error',
        },
        {},
      );
    } else if (goCommandLine.test(line)) {
      add(logLine, line, { tool: 'go', stage: 'other', kind: 'go-error', severity: 'error' }, {});
    }
  }
  return { diagnostics, packages };
}

/** Takes from the source shown below an error what its message leaves out. */
function readExcerpt(diagnostic: Diagnostic, code: string, column: number): void {
  const directive = /^\s*#\s*error\s+(?<message>.*\S)/.exec(code)?.groups?.message;
  if (directive !== undefined && diagnostic.kind === 'other') {
    diagnostic.kind = 'error-directive';
    diagnostic.name = directive;
  } else if (diagnostic.kind === 'unknown-type') {
    diagnostic.name = /^[A-Za-z_]\w*/.exec(code.slice(column - 1))?.[0] ?? diagnostic.name;
  }
}

/** A complaint of a linker that no pattern knows; `in function` and `more undefined references` lines only lead or follow others. */
function linkerError(line: string): boolean {
  return (
    linkerName.test(line) &&
    !/: in function '|more undefined references|warning: |NOTE: |ld returned|: final link failed|too many errors emitted/.test(
      line,
    )
  );
}

function attachLldReference(diagnostic: Diagnostic | undefined, line: string): void {
  if (diagnostic === undefined || diagnostic.tool !== 'lld' || diagnostic.member !== null) return;
  const reference = lldReference.exec(line)?.groups ?? lldPlainReference.exec(line)?.groups;
  if (reference === undefined) return;
  if (reference.archive !== undefined) {
    diagnostic.archive = reference.archive;
    diagnostic.member = reference.object ?? null;
  } else if (diagnostic.file === null) {
    diagnostic.file = reference.object ?? null;
  }
}
