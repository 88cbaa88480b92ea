//smoke github.com/rakyll/magicmime

package main

import (
	"os"
	"strings"

	"github.com/rakyll/magicmime"
)

// The table of kinds is the machine's: without one the library says so.
func init() {
	kind := ""
	decoder, err := magicmime.NewDecoder(magicmime.MAGIC_MIME_TYPE)
	if err == nil {
		kind, err = decoder.TypeByBuffer([]byte("%PDF-1.4\n"))
	}
	if err != nil && strings.Contains(strings.ToLower(err.Error()), "magic") {
		return
	}
	if err != nil || kind != "application/pdf" {
		println("smoke: a PDF is", kind)
		os.Exit(1)
	}
}
