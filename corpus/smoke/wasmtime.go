//smoke github.com/bytecodealliance/wasmtime-go
//smoke github.com/bytecodealliance/wasmtime-go/v3
//smoke github.com/bytecodealliance/wasmtime-go/v28

package main

import (
	"os"

	"github.com/bytecodealliance/wasmtime-go"
)

func init() {
	module := []byte{0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 'f', 0, 0, 10, 6, 1, 4, 0, 0x41, 42, 11}
	store := wasmtime.NewStore(wasmtime.NewEngine())
	compiled, err := wasmtime.NewModule(store.Engine, module)
	if err != nil {
		println("smoke:", err.Error())
		os.Exit(1)
	}
	instance, err := wasmtime.NewInstance(store, compiled, nil)
	if err != nil {
		println("smoke:", err.Error())
		os.Exit(1)
	}
	answer, err := instance.GetFunc(store, "f").Call(store)
	if err != nil || answer.(int32) != 42 {
		println("smoke: the module does not answer 42")
		os.Exit(1)
	}
}
