// Lets threads end, one after the other, while musl tells every thread of a change of the group.
package main

/*
#include <unistd.h>

static int change(void) { return setgid(getgid()); }
*/
import "C"

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	end := time.Now().Add(4 * time.Second)
	for i := 0; i < 4; i++ {
		go func() {
			for time.Now().Before(end) {
				done := make(chan bool)
				go func() {
					// A goroutine that ends locked takes its thread with it.
					runtime.LockOSThread()
					close(done)
				}()
				<-done
			}
		}()
	}
	n := 0
	for time.Now().Before(end) {
		C.change()
		n++
	}
	fmt.Println("done", n > 0)
}
