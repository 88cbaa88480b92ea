import { expect, it } from 'vitest';
import { type ExecutableText, writeBuildInfo, writeExecutable } from '../../test/executables.ts';
import { readExecutable } from '../elf/executable.ts';
import { memoryFiles } from '../io/memory.ts';
import type { TrialRun } from '../model/executable.ts';
import { verifyText } from '../report/verify-text.ts';
import { rules } from '../rules/index.generated.ts';
import { verifyExecutables } from './verify-executables.ts';

const verify = (...texts: ExecutableText[]) => {
  const files = memoryFiles(Object.fromEntries(texts.map((text, at) => [`/app${at}`, writeExecutable(text)])));
  return verifyExecutables(
    texts.map((_, at) => readExecutable(`/app${at}`, files)),
    rules,
    '0.0.0',
  );
};
const lines = ['path\texample.org/app', 'mod\texample.org/app\tv1.0.0\th1:x='];
const musl: ExecutableText = {
  symbols: { libc_start_main_stage2: 1 },
  data: writeBuildInfo('go1.26.8', lines),
  tls: true,
};
const pure: ExecutableText = { data: writeBuildInfo('go1.26.8', [...lines, 'build\tCGO_ENABLED=0']) };
const glibc: ExecutableText = { symbols: { __libc_setup_tls: 1 }, data: writeBuildInfo('go1.26.8', lines), tls: true };
const dynamic: ExecutableText = { interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libc.so.6', 'libz.so.1'] };

it.each<{ name: string; text: ExecutableText; verdict: string; rules: string[] }>([
  { name: 'static musl', text: musl, verdict: 'static', rules: [] },
  { name: 'Go alone', text: pure, verdict: 'pure', rules: [] },
  { name: 'static glibc', text: glibc, verdict: 'blocked', rules: ['GM503'] },
  { name: 'dynamic', text: dynamic, verdict: 'blocked', rules: ['GM501', 'GM502', 'GM502'] },
  { name: 'no sign of a libc', text: {}, verdict: 'unknown', rules: [] },
  {
    name: 'a shared library',
    text: { type: 'shared', needed: ['libc.so'] } as const,
    verdict: 'blocked',
    rules: ['GM504'],
  },
  { name: 'an object', text: { type: 'relocatable' }, verdict: 'blocked', rules: ['GM504'] },
  { name: 'an executable stack', text: { ...musl, stackFlags: 7 }, verdict: 'static', rules: ['GM505'] },
  {
    name: 'a search path',
    text: { ...dynamic, needed: [], runpath: '/opt' },
    verdict: 'blocked',
    rules: ['GM501', 'GM506'],
  },
  { name: 'writable code', text: { ...musl, dataFlags: 7 }, verdict: 'static', rules: ['GM507'] },
  {
    name: 'throwing without an index',
    text: { symbols: { static_init_tls: 1, __cxa_throw: 1 } },
    verdict: 'static',
    rules: ['GM508'],
  },
  {
    name: 'throwing with an index',
    text: { symbols: { static_init_tls: 1, __cxa_throw: 1 }, unwindIndex: true },
    verdict: 'static',
    rules: [],
  },
])('$name: $verdict', ({ text, verdict, rules: expected }) => {
  const result = verify(text);
  expect(result.verdict).toBe(verdict);
  expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(expected);
});

it('says why Go linked by itself when only the standard library calls C', () => {
  const info = writeBuildInfo('go1.26.8', lines);
  const names = new TextEncoder().encode('\0net._Cfunc_getaddrinfo\0');
  const result = verify({ ...dynamic, needed: [], data: Uint8Array.from([...info, ...names]) });
  expect(result.findings[0]?.why).toContain('passed over -extldflags');
});

it('judges how a program fared in an empty root', () => {
  const view = readExecutable('/app', memoryFiles({ '/app': writeExecutable(musl) }));
  const run = { root: 'empty-root' as const, code: 0, signal: null, milliseconds: 3, stderr: '', missing: [] };
  const judged = (over: Partial<TrialRun>) => {
    const { findings } = verifyExecutables([{ ...view, run: { ...run, outcome: 'exited', ...over } }], rules, '0.0.0');
    return findings.map(({ ruleId, severity }) => `${severity} ${ruleId}`);
  };
  expect(judged({})).toEqual([]);
  expect(judged({ outcome: 'still-running', code: null })).toEqual([]);
  expect(judged({ code: 1 })).toEqual(['warning GM509']);
  expect(judged({ outcome: 'killed', code: null, signal: 'SIGSEGV' })).toEqual(['error GM509']);
  expect(judged({ outcome: 'not-started', code: null })).toEqual(['error GM509']);
});

it('takes the worst of several files', () => {
  expect(verify(musl, glibc, {}).verdict).toBe('blocked');
  expect(verify(pure, musl).verdict).toBe('static');
});

it('tells the verdict first, what to type last, within 80 columns', () => {
  expect(verifyText(verify(musl), () => false)).toMatch(/\nnext: .* on linux\/\w+\n$/);
  const text = verifyText(verify(dynamic));
  const told = text.trimEnd().split('\n');
  expect(told[0]).toBe('blocked: /app0 is dynamic: it needs files beside itself to start');
  expect(told.at(-1)).toBe('next: gomusl explain GM501');
  expect(Math.max(...told.map((line) => line.length))).toBeLessThanOrEqual(80);
});

it('escapes what a hostile file brings', () => {
  expect(verifyText(verify({ needed: ['lib\u001b[2J.so'] }))).not.toContain('\u001b');
});
