// Looks up user 0 in a root folder of its own without /etc/passwd. Needs root for chroot; argument: the folder.
package main

import "C"

import (
	"fmt"
	"os"
	"os/user"
	"syscall"
)

func main() {
	if err := syscall.Chroot(os.Args[1]); err != nil {
		fmt.Println("unprobed: " + err.Error())
		return
	}
	_, err := user.LookupId("0")
	fmt.Println(err)
}
