import { exitCode, Failure } from '../model/failure.ts';
import type { CopyRequest, CopyRoom } from './goroot-copy.ts';

/** Milliseconds that rebuilding one tool may take. */
const limit = 600_000;

/**
 * Builds the tools under cmd/ that patches of the target `tool` change, with the copy's own `go`. `keep` is told of
 * each file before it is replaced. Fails when the copy has no go command that runs here.
 */
export async function rebuildTools(
  request: CopyRequest,
  stage: string,
  keep: (path: string) => void,
  { files, processes, trees }: CopyRoom,
): Promise<void> {
  const needed = request.answers.filter(({ state, patch }) => state === 'needed' && patch.target === 'tool');
  const tools = [...new Set(needed.flatMap(({ patch }) => patch.packages))];
  for (const tool of tools) {
    const go = `${stage}/bin/go`;
    const lacking = (why: string) =>
      new Failure(
        exitCode.unfinished,
        `${tool} cannot be rebuilt: ${why}`,
        request.tree.root,
        'give a GOROOT that is built',
      );
    if (!files.exists(go)) throw lacking('the tree has no bin/go to bootstrap from');
    const platforms = (files.list(`${stage}/pkg/tool`) ?? []).filter((name) => /^[a-z0-9]+_[a-z0-9]+$/.test(name));
    const [platform] = platforms;
    if (platforms.length !== 1 || platform === undefined) throw lacking('pkg/tool does not say for which platform');
    const target = `pkg/tool/${platform}/${tool.slice('cmd/'.length)}`;
    const built = `${stage}/.gomusl/tool`;
    const cache = `${stage}/.gomusl/cache`;
    trees.makeFolder(`${stage}/.gomusl`);
    const result = await processes
      .run([go, 'build', '-trimpath', '-o', built, tool], {
        cwd: `${stage}/src`,
        env: {
          PATH: '/usr/bin:/bin',
          GOROOT: stage,
          GOCACHE: cache,
          GOPATH: `${stage}/.gomusl/path`,
          GOTOOLCHAIN: 'local',
          GOFLAGS: '-mod=vendor',
          GOENV: 'off',
          GOWORK: 'off',
          CGO_ENABLED: '0',
        },
        timeout: limit,
      })
      .catch((error: NodeJS.ErrnoException) => {
        throw lacking(`bin/go does not run here (${error.code})`);
      });
    if (result.code !== 0) throw lacking(result.stderr.trim().split('\n')[0] ?? 'go build failed');
    keep(target);
    trees.rename(built, `${stage}/${target}`);
    trees.remove(cache);
    trees.remove(`${stage}/.gomusl/path`);
  }
}
