#!/bin/sh
# The fault: "= dns,files" where there is no nsswitch.conf. Up to Go 1.6 programs with cgo alone have it, later all.
mkdir -p root/etc || exit 2
echo "192.0.2.1 probe.example.org" > root/etc/hosts
echo "nameserver 127.0.0.1" > root/etc/resolv.conf
CGO_ENABLED=0 "$GO" build -o root/go main.go || exit 2
"$GO" build -o probe -ldflags "$STATIC" main.go && cp probe root/cgo || exit 2
for kind in go cgo; do
	GODEBUG=netdns=2 chroot root /$kind > out 2>&1
	code=$?
	cat out
	[ $code -ge 125 ] && { echo "chroot is not permitted"; exit 77; }
	grep -q "= dns,files" out && exit 1
	grep -q "= files,dns" out || exit 2
done
