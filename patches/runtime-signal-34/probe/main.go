// Has the runtime hold all signals back in one thread, then changes the group through musl, which tells every thread of
// it by signal 34 and waits until each has answered.
package main

/*
#include <unistd.h>

static int change(void) { return setgid(getgid()); }
*/
import "C"

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	// The first Notify starts the thread that keeps track of the mask for all.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
	time.Sleep(100 * time.Millisecond)
	for i := 0; i < 20; i++ {
		C.change()
	}
	fmt.Println("done")
}
