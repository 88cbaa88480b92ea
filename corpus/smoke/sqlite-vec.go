//smoke github.com/asg017/sqlite-vec-go-bindings/cgo

package main

import (
	"os"

	library "github.com/asg017/sqlite-vec-go-bindings/cgo"
)

func init() {
	library.Auto()
	library.Cancel()
	if numbers, err := library.SerializeFloat32([]float32{1, 2}); err != nil || len(numbers) != 8 {
		println("smoke: two numbers are not eight bytes")
		os.Exit(1)
	}
}
