//smoke github.com/google/go-tpm-tools/simulator

package main

import (
	"os"

	"github.com/google/go-tpm-tools/simulator"
)

func init() {
	device, err := simulator.Get()
	if err == nil {
		err = device.Close()
	}
	if err != nil {
		println("smoke:", err.Error())
		os.Exit(1)
	}
}
