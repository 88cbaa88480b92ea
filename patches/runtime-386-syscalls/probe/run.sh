#!/bin/sh
# The fault: a crash at the first system call.
[ -n "$CC_386" ] || { echo "no C compiler for musl on 386"; exit 77; }
GOARCH=386 CGO_ENABLED=1 CC=$CC_386 "$GO" build -o probe -ldflags "$STATIC" main.go || exit 2
./probe
