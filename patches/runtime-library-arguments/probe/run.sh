#!/bin/sh
# The fault: a static C program with a Go archive in it dies before main. Repaired, arguments and environment are there.
"$GO" build -buildmode=c-archive -o lib.a lib.go || exit 2
cp main.c.txt main.c && $CC -static -o probe main.c lib.a -lpthread || exit 2
PROBE=yes ./probe a b c || exit 1
# c-shared came to amd64 with 1.5 as well. Linked at the start, it meets the same.
"$GO" build -buildmode=c-shared -o libreport.so lib.go || exit 2
$CC -o shared main.c ./libreport.so || exit 2
PROBE=yes LD_LIBRARY_PATH=. ./shared a b c || exit 1
