// Serves DNS on the loopback that knows a name without addresses, and asks libc for it.
package main

import (
	"fmt"
	"net"
	"os"
	"strings"
)

func serve(conn net.PacketConn) {
	query := make([]byte, 512)
	for {
		n, from, err := conn.ReadFrom(query)
		if err != nil {
			return
		}
		// The question back as an answer without records: recursion available, no error.
		reply := append([]byte{}, query[:n]...)
		reply[2], reply[3] = reply[2]|0x80, 0x80
		conn.WriteTo(reply, from)
	}
}

func main() {
	conn, err := net.ListenPacket("udp", "127.0.0.1:53")
	if err != nil {
		fmt.Println(err)
		os.Exit(77)
	}
	go serve(conn)
	_, err = net.LookupHost("no-data.example.org")
	fmt.Println(err)
	if err == nil || !strings.Contains(err.Error(), "no such host") {
		os.Exit(1)
	}
}
