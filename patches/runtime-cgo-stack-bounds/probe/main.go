// Says how large the runtime takes the main thread's stack to be.
package main

// static int one(void) { return 1; }
import "C"

import (
	"fmt"
	"os"
	_ "unsafe" // for go:linkname
)

// m0 begins with the pointer to its g0, and that with the bounds of its stack.
//
//go:linkname m0 runtime.m0
var m0 struct{ g0 *struct{ lo, hi uintptr } }

func main() {
	C.one()
	size := m0.g0.hi - m0.g0.lo
	fmt.Println("stack of", size>>10, "KiB")
	if size > 1<<30 || size < 1<<20 {
		os.Exit(1)
	}
}
