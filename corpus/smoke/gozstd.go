//smoke github.com/valyala/gozstd

package main

import (
	"bytes"
	"os"

	"github.com/valyala/gozstd"
)

func init() {
	text := bytes.Repeat([]byte("to be or not to be, "), 1000)
	// Called for what it needs of libc: of such samples newer zstd makes no dictionary, with glibc neither.
	gozstd.BuildDict([][]byte{text[:4000], text[4000:8000], text[8000:]}, 2048)
	packed := gozstd.CompressLevel(nil, text, 3)
	unpacked, err := gozstd.Decompress(nil, packed)
	if err != nil || !bytes.Equal(text, unpacked) || len(packed) > 200 {
		println("smoke: gozstd does not give back what it was given")
		os.Exit(1)
	}
}
