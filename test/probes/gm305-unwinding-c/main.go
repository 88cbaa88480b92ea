// Calls an archive that unwinds as Rust does, without C++.
package main

// #cgo LDFLAGS: ${SRCDIR}/libunwinding.a
// int frames_found(int depth);
// int cleanups_run(void);
import "C"

import "fmt"

func main() {
	fmt.Println("frames", C.frames_found(3) >= 4)
	fmt.Println("cleanups", C.cleanups_run())
}
