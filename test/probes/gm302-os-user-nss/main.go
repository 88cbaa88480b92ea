// Looks up two users in a root folder of its own: root, who stands in its etc/passwd, and alice, whom only the daemon
// behind nscd's socket knows; first without that daemon, then with one of our own. Needs root for chroot; argument: the folder.
package main

import "C"

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/user"
	"syscall"
)

// serve speaks as much of nscd's protocol as a look-up by name needs: three words, the name; then a passwd entry.
func serve(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		var request [3]int32
		if binary.Read(connection, binary.NativeEndian, &request) == nil {
			name := make([]byte, request[2])
			connection.Read(name)
			texts := []string{"alice\x00", "x\x00", "\x00", "/home/alice\x00", "/bin/sh\x00"}
			header := []int32{2, 1, int32(len(texts[0])), int32(len(texts[1])), 1234, 1234, int32(len(texts[2])), int32(len(texts[3])), int32(len(texts[4]))}
			binary.Write(connection, binary.NativeEndian, header)
			for _, text := range texts {
				connection.Write([]byte(text))
			}
		}
		connection.Close()
	}
}

func show(name string) {
	found, err := user.Lookup(name)
	if err != nil {
		fmt.Println(name+":", err)
		return
	}
	fmt.Println(name+":", found.Uid)
}

func main() {
	if err := syscall.Chroot(os.Args[1]); err != nil {
		fmt.Println("unprobed: " + err.Error())
		return
	}
	show("root")
	show("alice")
	listener, err := net.Listen("unix", "/var/run/nscd/socket")
	if err != nil {
		fmt.Println("unprobed: " + err.Error())
		return
	}
	go serve(listener)
	fmt.Print("with a daemon: ")
	show("alice")
}
