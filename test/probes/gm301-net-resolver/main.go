// Looks up "printer.floor2" in a root folder of its own, with a name server of its own that knows the name only with
// the search domain: once by the resolver that is written in Go, once by the libc's. musl never tries the search domain
// of a name with a dot, unless ndots says so. Needs root for chroot and port 53; argument: a folder with etc/resolv.conf.
package main

/*
#include <netdb.h>
#include <sys/socket.h>
// The first IPv4 address is returned in host order; 0 when the name is not found.
static unsigned look_up(const char *name) {
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
	if (getaddrinfo(name, 0, &hints, &found)) return 0;
	unsigned char *a = (unsigned char *)found->ai_addr + 4;
	return (unsigned)a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3];
}
*/
import "C"

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"syscall"
)

// answer gives 10.1.2.3 for printer.floor2.example.test, and no such host for every other name.
func answer(query []byte) []byte {
	reply := append([]byte(nil), query...)
	reply[2], reply[3] = 0x81, 0x80
	end := 12 + bytes.IndexByte(query[12:], 0)
	if !bytes.Equal(query[12:end], []byte("\x07printer\x06floor2\x07example\x04test")) {
		reply[3] |= 3
		return reply
	}
	if query[end+2] != 1 {
		return reply
	}
	reply = reply[:end+5]
	reply[7], reply[11] = 1, 0
	return append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 1, 2, 3)
}

func main() {
	server, err := net.ListenPacket("udp", "127.0.0.1:53")
	if err != nil {
		fmt.Println("unprobed: " + err.Error())
		return
	}
	go func() {
		buffer := make([]byte, 512)
		for {
			if n, from, err := server.ReadFrom(buffer); err == nil && n > 12 {
				server.WriteTo(answer(buffer[:n]), from)
			}
		}
	}()
	if err := syscall.Chroot(os.Args[1]); err != nil {
		fmt.Println("unprobed: " + err.Error())
		return
	}
	resolver := net.Resolver{PreferGo: true}
	addresses, _ := resolver.LookupHost(context.Background(), "printer.floor2")
	fmt.Println("go:", addresses)
	fmt.Printf("libc: %x\n", uint32(C.look_up(C.CString("printer.floor2"))))
}
