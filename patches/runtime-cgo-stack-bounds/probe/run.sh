#!/bin/sh
# The fault: a stack of terabytes, because the lower bound is next to 0.
"$GO" build -o probe -ldflags "-checklinkname=0 $STATIC" main.go || exit 2
./probe
