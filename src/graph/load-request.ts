import type { CgoFlags } from '../model/target.ts';

/** What to load, and for which target. Everything that changes the graph is in here. */
export interface LoadRequest {
  /** Absolute path of the folder in which the patterns are read. */
  dir: string;
  /** As for `go build`; empty means `./...`. One single PACKAGE@VERSION is loaded without looking at `dir`. */
  patterns: string[];
  /** Null: that of the environment, else of the machine. */
  goarch: string | null;
  tags: string[];
  /** CGO_ENABLED of this load. */
  cgo: boolean;
  race: boolean;
  /** `-mod`; null when the user gave none: vendor where Go would choose it, else readonly. */
  mod: 'readonly' | 'vendor' | 'mod' | null;
  /** `-modfile`, as the user gave it; null when not given. */
  modfile: string | null;
  /** No network: what is not in the module cache is an error. */
  offline: boolean;
  /** The environment of the person who asks; what may run a program or write a file is overridden. */
  environment: Record<string, string | undefined>;
  /** Milliseconds that one run of `go` may take. */
  timeout: number;
}

/** What the Go installation and its environment say, for `Target` and for a loader without the go command. */
export interface GoEnvironment {
  /** Such as `go1.26.8`. */
  goVersion: string;
  /** Absolute path. */
  goroot: string;
  /** Absolute path of the module cache. */
  modCache: string;
  goarch: string;
  /** CGO_ENABLED where a person set it (environment or `go env -w`); null when it is Go's default. */
  cgoEnabled: boolean | null;
  /** `-tags`, `-mod` and `-race` of GOFLAGS; a flag on the command line wins over them. */
  flags: { tags: string[]; mod: string | null; race: boolean };
  /** CGO_CPPFLAGS, CGO_CFLAGS, CGO_CXXFLAGS and CGO_LDFLAGS, with Go's default `-O2 -g` where unset. */
  cgoFlags: CgoFlags;
}
