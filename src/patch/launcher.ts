import { compareGoVersions, type GoVersion } from '../gomod/go-version.ts';

const before = (version: GoVersion, minor: number) =>
  compareGoVersions(version, { major: 1, minor, patch: 0, pre: null, suffix: '' }) < 0;

/**
 * The shell script that stands for `bin/go` in the copy of an older Go; null where none is needed.
 * Up to Go 1.8 the path of the tree is built into the command; from 1.9 on it finds itself.
 * Up to Go 1.7 the command takes no notice of compilers that make position-independent executables by default: it
 * links objects with `-r`, which ld refuses beside `-pie`, and programs without `-no-pie` (catalogue C5, C6). What was
 * compiled by the distribution never met that; what the patches make it compile would. Its own linker knows no
 * relaxed relocations either (C12).
 */
export function launcher(version: GoVersion): string | null {
  if (!before(version, 9)) return null;
  const head = `#!/bin/sh
# Written by gomusl patch-goroot: this release of go looks for its tree where it was built, and must be told of this one.
GOROOT=$(dirname "$(dirname "$(readlink -f "$0")")")
export GOROOT
go=$GOROOT/.gomusl/original/bin/go
`;
  const compiler = `case $1 in
build | get | install | run | test)
	: "\${CC:=$("$go" env CC)}"
	if [ "$CC" != "$GOROOT/.gomusl/cc" ]; then
		GOMUSL_CC=$CC
		for flag in -no-pie -Wa,-mrelax-relocations=no; do
			$CC $flag -c -x c /dev/null -o /dev/null 2>/dev/null && GOMUSL_CC="$GOMUSL_CC $flag"
		done
		CC=$GOROOT/.gomusl/cc
		export CC GOMUSL_CC
	fi
	;;
esac
`;
  return `${head}${before(version, 8) ? compiler : ''}exec "$go" "$@"\n`;
}

/** The C compiler that the launcher of Go 1.7 and older hands over: these releases take one word for CC. */
export function compilerWrapper(version: GoVersion): string | null {
  if (!before(version, 8)) return null;
  return `#!/bin/sh
# Written by gomusl patch-goroot: the C compiler, told what this release of go does not tell it. See bin/go.
exec $GOMUSL_CC "$@"
`;
}
