#!/bin/sh
# The fault: cgo does not know RTLD_DEEPBIND. MODFLAGS has -modfile when the patched copy is used.
"$GO" build $MODFLAGS -o probe -ldflags "$STATIC" . || exit 1
./probe
