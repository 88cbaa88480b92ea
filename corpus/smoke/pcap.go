//smoke github.com/google/gopacket/pcap
//smoke github.com/gopacket/gopacket/pcap

package main

import (
	"os"

	"github.com/google/gopacket/pcap"
)

func init() {
	// 1 is Ethernet.
	if filter, err := pcap.CompileBPFFilter(1, 65535, "tcp port 80"); err != nil || len(filter) < 4 {
		println("smoke: no filter in", pcap.Version())
		os.Exit(1)
	}
	if _, err := pcap.CompileBPFFilter(1, 65535, "tcp ort 80"); err == nil {
		println("smoke: a filter of no sense is taken")
		os.Exit(1)
	}
}
