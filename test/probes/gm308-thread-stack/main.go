// A C function with 400 KB on its stack, on a thread that Go made.
package main

/*
#include <string.h>
static int use(int value) {
	volatile char buffer[400 * 1024];
	memset((void *)buffer, value, sizeof buffer);
	return buffer[value & 1023];
}
*/
import "C"

import (
	"fmt"
	"runtime"
)

func main() {
	runtime.LockOSThread() // The main thread has a stack of its own.
	done := make(chan int)
	go func() { done <- int(C.use(7)) }()
	fmt.Println("used", <-done)
}
