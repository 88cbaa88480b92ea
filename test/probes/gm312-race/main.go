// Two goroutines write one variable.
package main

// static int one(void) { return 1; }
import "C"

import (
	"fmt"
	"sync"
)

func main() {
	sum := 0
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			sum += int(C.one())
		}()
	}
	group.Wait()
	fmt.Println(sum)
}
