import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import type { CgoFlags } from '../model/target.ts';
import { runGo } from './go-command.ts';
import { type GoFlags, parseGoFlags, splitQuoted } from './go-flags.ts';
import type { GoEnvironment } from './load-request.ts';

type Environment = Record<string, string | undefined>;

/** What a person set for Go, in the environment or with `go env -w`. */
export interface GoSettings {
  flags: GoFlags;
  cgoEnabled: boolean | null;
  /** Null when a person set none. */
  goarch: string | null;
  cgoFlags: CgoFlags;
}

/** cmd/go: work.DefaultCFlags. */
const defaultCFlags = '-O2 -g';

/**
 * Reads the settings without starting Go. `go env` would have to start the C compiler for CGO_CFLAGS and its like
 * (cmd/go/internal/envcmd: ExtraEnvVarsCostly), and a look at a module starts no compiler.
 */
export function readGoSettings(environment: Environment, files: Files): GoSettings {
  const written = readEnvFile(environment, files);
  const get = (name: string) => environment[name] || written[name] || '';
  const cgo = get('CGO_ENABLED');
  return {
    flags: parseGoFlags(get('GOFLAGS')),
    cgoEnabled: cgo === '' ? null : cgo === '1',
    goarch: get('GOARCH') || null,
    cgoFlags: {
      cppflags: splitQuoted(get('CGO_CPPFLAGS')),
      cflags: splitQuoted(get('CGO_CFLAGS') || defaultCFlags),
      cxxflags: splitQuoted(get('CGO_CXXFLAGS') || defaultCFlags),
      ldflags: splitQuoted(get('CGO_LDFLAGS') || defaultCFlags),
    },
  };
}

/** The settings, and what only the Go installation itself knows. One run of `go env`, a few milliseconds. */
export async function readGoEnvironment(
  request: { dir: string; environment: Environment; timeout: number },
  processes: Processes,
  files: Files,
): Promise<GoEnvironment> {
  const { flags, cgoEnabled, cgoFlags } = readGoSettings(request.environment, files);
  const result = await runGo(
    ['env', '-json', 'GOVERSION', 'GOROOT', 'GOMODCACHE', 'GOARCH'],
    request,
    processes,
    files,
  );
  const known = JSON.parse(result.stdout) as Record<'GOVERSION' | 'GOROOT' | 'GOMODCACHE' | 'GOARCH', string>;
  return {
    goVersion: known.GOVERSION,
    goroot: known.GOROOT,
    modCache: known.GOMODCACHE,
    goarch: known.GOARCH,
    cgoEnabled,
    flags,
    cgoFlags,
  };
}

/** The environment with what `go env -w` wrote beneath it, as Go itself takes its variables. */
export function withGoVariables(environment: Environment, files: Files): Environment {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  return { ...readEnvFile(environment, files), ...Object.fromEntries(set) };
}

/** The file that `go env -w` writes: cmd/go/internal/cfg, EnvFile and readEnvFile. */
export function readEnvFile(environment: Environment, files: Files): Environment {
  const config = environment.XDG_CONFIG_HOME || (environment.HOME ? `${environment.HOME}/.config` : '');
  const path = environment.GOENV || (config === '' ? 'off' : `${config}/go/env`);
  const bytes = path === 'off' ? null : files.read(path);
  const values: Environment = {};
  for (const line of bytes === null ? [] : new TextDecoder().decode(bytes).split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (/^[A-Z]/.test(line) && equals > 0) values[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return values;
}
