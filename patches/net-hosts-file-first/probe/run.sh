#!/bin/sh
# The fault: "= dns,files" where there is no nsswitch.conf. Go's own resolver has it with and without cgo.
CGO_ENABLED=0 "$GO" build -o probe main.go || exit 2
mkdir -p root/etc && cp probe root/ || exit 2
echo "192.0.2.1 probe.example.org" > root/etc/hosts
echo "nameserver 127.0.0.1" > root/etc/resolv.conf
GODEBUG=netdns=go+2 chroot root /probe > out 2>&1
code=$?
cat out
[ $code -ge 125 ] && { echo "chroot is not permitted"; exit 77; }
grep -q "= files,dns" out
