import { join } from 'node:path';

interface Work {
  Go?: string;
  Toolchain?: { Name: string } | string;
  Use?: { DiskPath: string }[] | null;
  Replace?: { Old: { Path: string; Version?: string }; New: { Path: string; Version?: string } }[] | null;
}

/**
 * The text of a go.work that means the same from any folder. `json` is what `go work edit -json` prints of it, `dir` the
 * absolute folder that it stands in.
 */
export function absoluteWorkspace(json: string, dir: string): string {
  const work = JSON.parse(json) as Work;
  const toolchain = typeof work.Toolchain === 'string' ? work.Toolchain : work.Toolchain?.Name;
  const absolute = (path: string) => JSON.stringify(path.startsWith('/') ? path : join(dir, path));
  const named = ({ Path, Version }: { Path: string; Version?: string }) => (Version ? `${Path} ${Version}` : Path);
  const lines = [
    ...(work.Go ? [`go ${work.Go}`] : []),
    ...(toolchain ? [`toolchain ${toolchain}`] : []),
    ...(work.Use ?? []).map(({ DiskPath }) => `use ${absolute(DiskPath)}`),
    ...(work.Replace ?? []).map(
      ({ Old, New }) => `replace ${named(Old)} => ${New.Version ? named(New) : absolute(New.Path)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
