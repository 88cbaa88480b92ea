// Hello prints from C: the smallest program that needs a libc.
package main

/*
#include <stdio.h>

static void hello(void) {
	printf("hello from C\n");
	fflush(stdout);
}
*/
import "C"

func main() { C.hello() }
