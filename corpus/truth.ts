import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blamedNames, firstCause, isScored } from '../src/buildlog/diagnostic.ts';
import type { DiagnosticKind } from '../src/buildlog/patterns.ts';
import { readBuildLog } from '../src/buildlog/read-log.ts';
import type { ExecutableView } from '../src/model/executable.ts';
import { type Row, rowId } from './row.ts';
import type { Belongings } from './workplace.ts';

/** How the build of one row with one toolchain really ended. */
export interface Truth {
  row: Row;
  toolchain: { name: string; versions: string };
  goVersion: string;
  goarch: 'amd64';
  /** `builds`: a static musl executable; `wrong`: an executable that is not that; `unavailable`: it could not be laid out. */
  outcome: 'builds' | 'wrong' | 'fails' | 'unavailable';
  /** Stage of the first cause; null when the outcome is not `fails`, or Go itself complains. */
  stage: 'compile' | 'link' | null;
  /** False when the build fails without a word about C, cgo, pkg-config or the linker. */
  scored: boolean;
  /** What the log names first; null when it names nothing. */
  cause: { kind: DiagnosticKind; name: string | null } | null;
  /** Every name that the log blames. */
  names: string[];
  /** What came out of a build that ended well. */
  product: Pick<ExecutableView, 'type' | 'interpreter' | 'needed' | 'libc'> | null;
  exitCode: number | null;
  seconds: number;
}

const folder = new URL('truth/', import.meta.url);
/** Longer logs lose their middle. */
const longestLog = 1 << 20;

function place(row: Row, name: string): string {
  return fileURLToPath(
    new URL(
      `${encodeURIComponent(rowId(row)).replaceAll('%40', '@').replaceAll('%2B', '+').replaceAll('%2C', ',')}/${name}`,
      folder,
    ),
  );
}

/** Reads what was recorded; null when the row was not yet built with that toolchain. */
export function readTruth(row: Row, toolchain: string): Truth | null {
  const path = place(row, `${toolchain}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Truth) : null;
}

/** The recorded log of a build. */
export function readLog(row: Row, toolchain: string): string {
  return readFileSync(place(row, `${toolchain}.log`), 'utf8');
}

export function readBelongings(row: Row): Belongings | null {
  const path = place(row, 'belongings.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Belongings) : null;
}

export function writeBelongings(row: Row, belongings: Belongings): void {
  write(place(row, 'belongings.json'), `${JSON.stringify(belongings, null, 1)}\n`);
}

export function writeTruth(truth: Truth, log: string): void {
  write(place(truth.row, `${truth.toolchain.name}.log`), shortened(log));
  write(place(truth.row, `${truth.toolchain.name}.json`), `${JSON.stringify(truth, null, 1)}\n`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function shortened(log: string): string {
  if (log.length <= longestLog) return log;
  const half = longestLog / 2;
  const cut = log.length - longestLog;
  return `${log.slice(0, half)}\n[${cut} characters left out by the corpus runner]\n${log.slice(-half)}`;
}

/** What a log and a product say, as the fields of a truth that follow from them. */
export function judge(
  log: string,
  exitCode: number | null,
  product: Truth['product'],
): Pick<Truth, 'outcome' | 'stage' | 'scored' | 'cause' | 'names'> {
  if (product !== null) {
    const good = product.libc === 'musl' && (product.type === 'static' || product.type === 'static-pie');
    return { outcome: good ? 'builds' : 'wrong', stage: null, scored: true, cause: null, names: [] };
  }
  if (exitCode === 0) throw new Error('a build that ended well left no executable');
  const read = readBuildLog(log);
  const cause = firstCause(read);
  const scored = isScored(read);
  return {
    outcome: 'fails',
    stage: scored && cause !== null && cause.stage !== 'other' ? cause.stage : null,
    scored,
    cause: cause === null ? null : { kind: cause.kind, name: cause.name },
    names: blamedNames(read),
  };
}

/** Every name that the recorded log of a failed build blames. */
export function logNames(truth: Truth): string[] {
  return truth.outcome === 'fails' ? blamedNames(readBuildLog(readLog(truth.row, truth.toolchain.name))) : [];
}
