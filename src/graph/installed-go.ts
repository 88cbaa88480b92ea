import { dirname } from 'node:path';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { readEnvFile } from './go-environment.ts';

/** What is on the disk of a Go installation, found without starting it. */
export interface InstalledGo {
  /** Absolute path; null when there is none. */
  goroot: string | null;
  /** First line of GOROOT/VERSION, such as `go1.26.8`; null when there is none, as in a tree in development. */
  goVersion: string | null;
  /** Absolute path of the module cache; null when no HOME, GOPATH or GOMODCACHE says where. */
  modCache: string | null;
  goarch: string;
}

type Environment = Record<string, string | undefined>;

/** Where distributions put GOROOT, seen from the folder of the `go` that is in PATH. */
const gorootsBeside = (bin: string) => [dirname(bin), `${dirname(bin)}/lib/go`, '/usr/local/go', '/usr/lib/go'];

function findGoroot(environment: Environment, written: Environment, files: Files): string | null {
  const given = environment.GOROOT || written.GOROOT;
  if (given) return given;
  const bins = (environment.PATH ?? '').split(':').filter((bin) => bin.startsWith('/') && files.exists(`${bin}/go`));
  const candidates = bins.flatMap(gorootsBeside);
  return candidates.find((goroot) => files.isDirectory(`${goroot}/src/runtime`)) ?? null;
}

/** GOARCH of the machine: Go's own tools are built for it. */
function hostArch(goroot: string | null, files: Files): string | null {
  const tools = goroot === null ? null : files.list(`${goroot}/pkg/tool`);
  return tools?.find((name) => /^linux_[a-z0-9]+$/.test(name))?.slice('linux_'.length) ?? null;
}

/** Looks up where Go is. Throws a Failure when nothing says for which GOARCH to look. */
export function findInstalledGo(environment: Environment, wantedArch: string | null, files: Files): InstalledGo {
  const written = readEnvFile(environment, files);
  const get = (name: string) => environment[name] || written[name] || null;
  const goroot = findGoroot(environment, written, files);
  const version = goroot === null ? null : files.read(`${goroot}/VERSION`);
  const gopath = get('GOPATH')?.split(':')[0] ?? (environment.HOME ? `${environment.HOME}/go` : null);
  const goarch = wantedArch ?? get('GOARCH') ?? hostArch(goroot, files);
  if (goarch === null) {
    throw new Failure(exitCode.usage, 'the architecture is not known', 'no Go installation found', 'give --goarch');
  }
  return {
    goroot,
    goVersion: version === null ? null : (new TextDecoder().decode(version).split('\n')[0]?.trim() ?? null),
    modCache: get('GOMODCACHE') ?? (gopath === null ? null : `${gopath}/pkg/mod`),
    goarch,
  };
}
