import { type GoVersion, parseGoVersion } from '../gomod/go-version.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** A GOROOT, as far as patches ask. */
export interface GoTree {
  /** Absolute path. */
  root: string;
  version: GoVersion;
  /** First line of VERSION, or what stands for it in a tree in development. */
  versionText: string;
}

/** Reads which Go a folder holds. Fails when it is no GOROOT. */
export function readGoTree(root: string, files: Files): GoTree {
  const refuse = (what: string): never => {
    throw new Failure(
      exitCode.usage,
      `this is no GOROOT: ${what}`,
      root,
      'give the folder that `go env GOROOT` prints',
    );
  };
  if (!files.isDirectory(root)) return refuse('there is no such folder');
  if (!files.isDirectory(`${root}/src/runtime`) && !files.isDirectory(`${root}/src/pkg/runtime`)) {
    return refuse('it has no src/runtime');
  }
  const line = text(files, `${root}/VERSION`).split('\n')[0]?.trim() ?? '';
  // `devel go1.28-d3fd3c8f09 …` since Go 1.17, `devel +d3fd3c8f09 …` before that.
  const named = /^devel (go\d+\.\d+)-/.exec(line);
  if (named !== null) return { root, version: development(named[1] ?? ''), versionText: line };
  const release = parseGoVersion(line);
  if (release !== null && line.startsWith('go')) return { root, version: release, versionText: line };
  const constant = /^const Version = (\d{1,4})$/m.exec(text(files, `${root}/src/internal/goversion/goversion.go`));
  if (constant === null) {
    return refuse(
      line === '' ? 'neither VERSION nor src/internal/goversion says which Go' : 'VERSION names no Go version',
    );
  }
  const minor = `go1.${constant[1]}`;
  return { root, version: development(minor), versionText: line || `${minor}-devel` };
}

function development(minor: string): GoVersion {
  const version = parseGoVersion(`${minor}-devel`);
  if (version === null) throw new Error(`no Go version: ${minor}`);
  return version;
}

function text(files: Files, path: string): string {
  const size = files.size(path);
  if (size === null || size > 1_000_000) return '';
  return Buffer.from(files.read(path) ?? []).toString('utf8');
}
