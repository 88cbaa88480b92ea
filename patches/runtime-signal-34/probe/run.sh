#!/bin/sh
# The fault: setgid waits without end for a thread that has signal 34 blocked.
cp shim.c.txt shim.c && $CC -O2 -c shim.c -o shim.o || exit 2
"$GO" build -o probe -ldflags "-linkmode external -extldflags \"-static -Wl,--wrap=__libc_sigaction $PWD/shim.o\"" main.go || exit 2
timeout -s KILL 10 ./probe && exit 0
echo "setgid did not come back"
exit 1
