// Changes the group (to what it is: no privilege is needed) while goroutines on small stacks hold known values: the
// signal that musl sends to every thread writes over them.
package main

import "C"

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
)

var stop, spoilt int32

//go:noinline
func hold(value uint64) {
	var held [64]uint64
	for i := range held {
		held[i] = value
	}
	for atomic.LoadInt32(&stop) == 0 {
		for i := range held {
			if held[i] != value {
				atomic.AddInt32(&spoilt, 1)
				held[i] = value
			}
		}
		if value%16 == 0 {
			runtime.Gosched()
		}
	}
}

func main() {
	runtime.GOMAXPROCS(4)
	for i := 0; i < 24; i++ {
		go hold(uint64(i) + 1)
	}
	for i := 0; i < 15; i++ {
		if err := syscall.Setgid(os.Getgid()); err != nil {
			fmt.Println("unprobed: " + err.Error())
			return
		}
	}
	atomic.StoreInt32(&stop, 1)
	if spoilt > 0 {
		fmt.Println("spoilt")
		os.Exit(1)
	}
	fmt.Println("whole")
}
