import { withGoVariables } from '../graph/go-environment.ts';
import { disk } from '../io/disk.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import type { ToolchainRequest } from '../toolchain/request.ts';

/** What a command asks of toolchains: by the environment with what `go env -w` set, and by the user's cache. */
export function toolchainRequest(
  goarch: string,
  environment: Record<string, string | undefined>,
  more: Partial<Pick<ToolchainRequest, 'scratch' | 'needsCxx'>> = {},
): ToolchainRequest {
  const cacheFolder = userCacheFolder(environment);
  const own = withGoVariables(environment, disk);
  return {
    goarch,
    environment: own,
    cacheFolder,
    store: diskStore(cacheFolder),
    scratch: null,
    needsCxx: false,
    ...more,
  };
}
