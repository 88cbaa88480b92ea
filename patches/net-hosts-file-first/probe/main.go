// Makes net say in which order it asks for a name that stands in /etc/hosts.
package main

import (
	"fmt"
	"net"
)

func main() {
	fmt.Println(net.LookupHost("probe.example.org"))
}
