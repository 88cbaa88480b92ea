// A library of Go for a C program: what of the command line and the environment reaches it.
package main

import "C"

import (
	"fmt"
	"os"
)

//export Tell
func Tell() { fmt.Println(len(os.Args), os.Getenv("PROBE")) }

func main() {}
