//smoke github.com/karalabe/hid
//smoke github.com/karalabe/usb

package main

import (
	"os"

	library "github.com/karalabe/hid"
)

func init() {
	if !library.Supported() {
		println("smoke: not supported")
		os.Exit(1)
	}
	library.Enumerate(0, 0)
}
