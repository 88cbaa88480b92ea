// Calls an archive of C++ that throws and catches.
package main

// #cgo LDFLAGS: ${SRCDIR}/libthrow.a -lstdc++
// int caught(void);
import "C"

import "fmt"

func main() {
	fmt.Println("caught", C.caught())
}
