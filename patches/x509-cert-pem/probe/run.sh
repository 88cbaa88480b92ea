#!/bin/sh
# The fault: the authority in /etc/ssl/cert.pem is not known.
CGO_ENABLED=0 "$GO" build -o probe main.go || exit 2
mkdir -p root/dev && cp probe root/ || exit 2
# Go before 1.4 reads random numbers from the device.
mknod root/dev/urandom c 1 9 2> /dev/null
SSL_CERT_FILE= SSL_CERT_DIR= chroot root /probe
code=$?
[ $code -lt 125 ] && exit $code
echo "chroot is not permitted"
exit 77
