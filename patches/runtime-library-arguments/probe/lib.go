// A Go library that says what it knows of its program.
package main

import "C"

import (
	"fmt"
	"os"
)

//export Report
func Report() C.int {
	fmt.Println(len(os.Args), os.Getenv("PROBE"), len(os.Environ()) > 1)
	if len(os.Args) == 4 && os.Args[3] == "c" && os.Getenv("PROBE") == "yes" && len(os.Environ()) > 1 {
		return 0
	}
	return 1
}

func main() {}
