//smoke github.com/karalabe/hid

package main

import (
	"os"

	"github.com/karalabe/hid"
)

func init() {
	if !hid.Supported() {
		println("smoke: not supported")
		os.Exit(1)
	}
	hid.Enumerate(0, 0)
}
