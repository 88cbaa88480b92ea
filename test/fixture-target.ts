import type { LoadRequest } from '../src/graph/load-request.ts';
import { parseLibcRef } from '../src/libc/open.ts';
import type { Target, Toolchain } from '../src/model/target.ts';
import type { Fixture } from './fixture.ts';

/** Folder of a fixture's own libc headers, when it has any: its files under `/include/`. */
const includeDir = '/include';

function toolchain(family: 'gcc' | 'clang', fixture: Fixture, libc: Toolchain['libc']): Toolchain {
  const headers = Object.keys(fixture.files).some((path) => path.startsWith(`${includeDir}/`));
  const c = { macros: '', includeDirs: headers ? [includeDir] : [] };
  const cxx = fixture.target.cxx === true;
  return {
    name: family === 'gcc' ? 'musl-gcc' : 'zig',
    cc: ['/bin/cc'],
    cxx: cxx ? ['/bin/c++'] : null,
    compiler: { family, version: family === 'gcc' ? '12.2.0' : '20.1.0' },
    linker: { name: family === 'gcc' ? 'ld' : 'lld', dropsUnusedSections: family === 'clang' },
    libc,
    c,
    cxxEnvironment: cxx ? c : null,
    kernelHeaders: fixture.target.kernelHeaders === true,
    libraryDirs: [],
    driverInputs: fixture.target.driverInputs ?? [],
    threadStackSize: null,
  };
}

/** The target that a fixture is judged for. */
export function fixtureTarget(fixture: Fixture): Target {
  const {
    musl,
    goarch,
    goVersion,
    tags,
    cgo,
    buildmode,
    gorootPatches,
    race,
    shims,
    ldflags,
    toolchain: family,
  } = fixture.target;
  const libc = parseLibcRef(musl);
  if (!libc) throw new Error(`unknown musl ${musl}`);
  return {
    goos: 'linux',
    goarch: goarch ?? 'amd64',
    goVersion: goVersion ?? 'go1.26.8',
    tags: tags ?? [],
    cgo: cgo ?? true,
    buildmode: buildmode ?? 'exe',
    race: race ?? false,
    libc,
    toolchain: family ? toolchain(family, fixture, libc) : null,
    cgoFlags: {
      cppflags: [],
      cflags: ['-O2', '-g'],
      cxxflags: ['-O2', '-g'],
      ldflags: ['-O2', '-g', ...(ldflags ?? [])],
    },
    kernelHeadersDir: null,
    shims: shims ?? [],
    gorootPatches: gorootPatches ?? [],
    sysroot: null,
    pkgConfigPath: [],
  };
}

/** How a fixture's packages are loaded: by files alone, from its module in `/m` and the std in `/goroot`. */
export function fixtureRequest(target: Target): LoadRequest {
  return {
    dir: '/m',
    patterns: ['.'],
    goarch: target.goarch,
    tags: target.tags,
    cgo: target.cgo,
    race: target.race,
    mod: null,
    modfile: null,
    offline: true,
    environment: { GOROOT: '/goroot', HOME: '/home' },
    timeout: 1000,
  };
}
