#!/bin/sh
# The fault: "cgocallback with sp=... out of bounds", or a crash while that is printed.
"$GO" build -o probe -ldflags "$STATIC" main.go || exit 2
timeout -s KILL 60 ./probe 2>&1 | head -5 > out
cat out
grep -q "PASS nested callback from main" out
