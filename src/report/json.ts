import type { Result, Run } from '../model/result.ts';

/** A run as the schema has it: of the toolchain only what names it. */
function told(run: Run): object {
  const { goos, goarch, goVersion, tags, cgo, buildmode, race, libc, toolchain } = run.target;
  const summary = toolchain && {
    name: toolchain.name,
    compiler: toolchain.compiler,
    linker: { name: toolchain.linker.name },
  };
  return { ...run, target: { goos, goarch, goVersion, tags, cgo, buildmode, race, libc, toolchain: summary } };
}

/** The result as JSON text, see schema/result.json. Strings are escaped as JSON does it, line ends included. */
export function toJson(result: Result): string {
  return `${JSON.stringify({ ...result, runs: result.runs.map(told) }, null, 2)}\n`;
}
