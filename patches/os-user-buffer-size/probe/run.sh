#!/bin/sh
# The fault: "unreasonable _SC_GETPW_R_SIZE_MAX of -1" instead of the user's name.
"$GO" build -o probe -ldflags "$STATIC" main.go || exit 2
./probe
