// C calls Go, which calls C, which calls Go, with large C frames between.
package main

/*
#include <string.h>
extern void goCallback(int depth);
static void again(int kilobytes, int depth) {
	volatile char *p = __builtin_alloca(kilobytes * 1024);
	memset((void *)p, 1, kilobytes * 1024);
	goCallback(depth);
	p[0] = p[1];
}
*/
import "C"

import "fmt"

//export goCallback
func goCallback(depth C.int) {
	if depth > 0 {
		C.again(100, depth-1)
	}
}

func main() {
	C.again(1000, 2)
	fmt.Println("returned")
}
