//smoke github.com/cogentcore/webgpu/wgpu

package main

import (
	"os"

	"github.com/cogentcore/webgpu/wgpu"
)

func init() {
	instance := wgpu.CreateInstance(nil)
	if instance == nil {
		println("smoke: no instance")
		os.Exit(1)
	}
	instance.Release()
}
