// Calls a function of an archive that is chosen at start.
package main

// int chosen(void);
import "C"

import "fmt"

func main() {
	fmt.Println("chosen", C.chosen())
}
