//smoke github.com/pebbe/zmq4

package main

import (
	"os"

	"github.com/pebbe/zmq4"
)

func init() {
	one, err := zmq4.NewSocket(zmq4.PAIR)
	if err == nil {
		err = one.Bind("tcp://127.0.0.1:*")
	}
	address := ""
	if err == nil {
		address, err = one.GetLastEndpoint()
	}
	var other *zmq4.Socket
	if err == nil {
		other, err = zmq4.NewSocket(zmq4.PAIR)
	}
	if err == nil {
		err = other.Connect(address)
	}
	if err == nil {
		_, err = other.Send("hello", 0)
	}
	heard := ""
	if err == nil {
		heard, err = one.Recv(0)
	}
	if err != nil || heard != "hello" {
		println("smoke: heard", heard)
		os.Exit(1)
	}
}
