//smoke github.com/karalabe/usb

package main

import (
	"os"

	"github.com/karalabe/usb"
)

func init() {
	if !usb.Supported() {
		println("smoke: not supported")
		os.Exit(1)
	}
	usb.Enumerate(0, 0)
}
