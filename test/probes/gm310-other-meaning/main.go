// Opens a shared library at run time.
package main

/*
#include <dlfcn.h>
static const char *failure(void) { return dlopen("libm.so.6", RTLD_NOW) ? "opened" : dlerror(); }
*/
import "C"

import "fmt"

func main() {
	fmt.Println(C.GoString(C.failure()))
}
