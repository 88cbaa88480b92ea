import type { ExecutableView } from '../model/executable.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';

/** What a product is, held against what the plan promised. */
export interface Proof {
  view: ExecutableView;
  /** Why it is not what was promised; null when it is. */
  fault: string | null;
}

/** Judges a product: static, without glibc; musl by evidence where C is linked in, of the toolchain's version. */
export function prove(view: ExecutableView, plan: Plan): Proof {
  const fault = (text: string): Proof => ({ view, fault: text });
  if (view.type !== 'static' && view.type !== 'static-pie') {
    const needs = view.interpreter ? ` and asks for ${view.interpreter}` : '';
    return fault(`it is ${view.type === 'dynamic' ? 'dynamic' : `a ${view.type}`}${needs}`);
  }
  if (plan.command.includes('-buildmode=pie') && view.type !== 'static-pie') {
    return fault('it is static, but at a fixed address, and not what -buildmode=pie asks for');
  }
  if (view.libc === 'glibc') return fault('glibc is inside');
  if (plan.kind === 'pure') return view.libc === 'none' ? { view, fault: null } : fault('a libc is inside');
  if (view.libc === 'unknown') return fault('nothing in it proves which libc is inside');
  const promised = plan.toolchain?.libc.version;
  if (view.libc === 'musl' && view.libcVersion !== null && promised !== undefined && view.libcVersion !== promised) {
    return fault(`musl ${view.libcVersion} is inside, not ${promised}`);
  }
  return { view, fault: null };
}

const size = (bytes: number) => `${(bytes / 1_000_000).toFixed(2)} MB`;

/** One line for a product that is what was promised. */
export function provenLine({ view }: Proof, bytes: number): string {
  const libc = view.libc === 'musl' ? `musl ${view.libcVersion ?? 'of unknown version'}` : 'no libc, Go alone';
  return `${view.path}: ${view.type}, ${libc}, ${size(bytes)}`;
}

/** The failure for a product that was taken away. */
export function notAsPromised(path: string, fault: string): Failure {
  const action = 'see gomusl check; the file was removed, so that nobody takes it for static musl';
  return new Failure(exitCode.findings, `the result is not a static musl executable: ${fault}`, path, action);
}
