// What os/user of Go before 1.6 asks for, and calls unreasonable when it is not between 1 and 1<<20.
package main

// #include <unistd.h>
import "C"

import "fmt"

func main() {
	fmt.Println(C.sysconf(C._SC_GETPW_R_SIZE_MAX))
}
