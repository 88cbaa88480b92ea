//smoke github.com/rakyll/magicmime

package main

import (
	"os"
	"strings"

	"github.com/rakyll/magicmime"
)

// The table of kinds is the machine's: without one the library says so.
func init() {
	decoder, err := magicmime.NewDecoder(magicmime.MAGIC_MIME_TYPE)
	if err != nil {
		if !strings.Contains(err.Error(), "magic") {
			println("smoke:", err.Error())
			os.Exit(1)
		}
		return
	}
	if kind, err := decoder.TypeByBuffer([]byte("%PDF-1.4\n")); err != nil || kind != "application/pdf" {
		println("smoke: a PDF is", kind)
		os.Exit(1)
	}
}
