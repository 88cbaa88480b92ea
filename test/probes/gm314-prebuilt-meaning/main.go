// Calls an archive that was compiled against the headers of glibc.
package main

// #cgo LDFLAGS: ${SRCDIR}/libtext.a
// unsigned long length_of_text(void);
import "C"

import "fmt"

func main() {
	fmt.Println("length", C.length_of_text())
}
