//smoke github.com/NVIDIA/go-nvml/pkg/nvml

package main

import (
	"os"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

// A static program loads no driver: that has to be said, and not crash.
func init() {
	if answer := nvml.Init(); answer != nvml.ERROR_LIBRARY_NOT_FOUND {
		println("smoke: Init answers", answer.Error())
		os.Exit(1)
	}
}
