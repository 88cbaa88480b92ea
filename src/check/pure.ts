import type { Program } from '../model/package-graph.ts';
import type { Views } from './views.ts';

/**
 * Whether nothing outside std brings cgo, C files or objects, and nothing links dynamically by
 * `//go:cgo_import_dynamic`. That it loads with CGO_ENABLED=0 is asked of the loader.
 */
export function isPure(program: Program, views: Views): boolean {
  return program.packages.every((path) => {
    const pkg = views.graph.packages[path];
    if (!pkg || pkg.standard) return true;
    if (pkg.cgoFiles.length > 0 || pkg.sysoFiles.length > 0) return false;
    return (views.compiled[path]?.dynamicImports.length ?? 0) === 0;
  });
}
