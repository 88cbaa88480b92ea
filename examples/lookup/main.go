// Lookup asks the C library, through os/user and net, who it runs as and what an address is.
package main

/*
#include <unistd.h>
*/
import "C"

import (
	"context"
	"fmt"
	"net"
	"os/user"
)

func main() {
	// Without /etc/passwd, as in an empty root directory, the C library knows no name.
	if who, err := user.LookupId(fmt.Sprint(C.getuid())); err != nil {
		fmt.Println("user:", err)
	} else {
		fmt.Println("user:", who.Username)
	}
	addresses, err := (&net.Resolver{}).LookupHost(context.Background(), "127.0.0.1")
	fmt.Println("host:", addresses, err)
}
