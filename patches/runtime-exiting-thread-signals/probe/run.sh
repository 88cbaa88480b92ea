#!/bin/sh
# The fault: setgid waits without end for a thread that ended with the signals of libc blocked. A race: three tries.
cp shim.c.txt shim.c && $CC -O2 -c shim.c -o shim.o || exit 2
"$GO" build -o probe -ldflags "-linkmode external -extldflags \"-static -Wl,--wrap=__libc_sigaction $PWD/shim.o\"" main.go || exit 2
for try in 1 2 3; do
	timeout -s KILL 20 ./probe && continue
	echo "setgid did not come back"
	exit 1
done
