//smoke github.com/DataDog/zstd

package main

import (
	"bytes"
	"os"

	"github.com/DataDog/zstd"
)

func init() {
	text := bytes.Repeat([]byte("to be or not to be, "), 1000)
	packed, err := zstd.Compress(nil, text)
	if err != nil || len(packed) > 200 {
		println("smoke: zstd does not compress")
		os.Exit(1)
	}
	unpacked, err := zstd.Decompress(nil, packed)
	if err != nil || !bytes.Equal(text, unpacked) {
		println("smoke: zstd does not give back what it was given")
		os.Exit(1)
	}
}
