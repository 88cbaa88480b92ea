#!/bin/sh
# The fault: in an empty root, ENOENT instead of UnknownUserError.
"$GO" build -o probe -ldflags "$STATIC" main.go || exit 2
mkdir root && cp probe root/ || exit 2
chroot root /probe
code=$?
[ $code -lt 125 ] && exit $code
echo "chroot is not permitted"
exit 77
