// Makes a system call on 386.
package main

// static int one(void) { return 1; }
import "C"

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println(C.one(), os.Getpid() > 0)
}
