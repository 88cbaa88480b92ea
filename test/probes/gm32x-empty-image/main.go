// What a program misses in an image that holds nothing else. Needs root for chroot; arguments: the folder that becomes
// the root, and the need. With the need met it prints "met", else the error.
package main

import "C"

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/user"
	"syscall"
	"time"
)

// handshake connects to a server of its own by TLS. Where the root has a file of certificates, the server's is put
// into it first.
func handshake(root string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotAfter:     time.Now().Add(time.Hour),
		DNSNames:     []string{"server.test"},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	file := root + "/etc/ssl/certs/ca-certificates.crt"
	if _, err := os.Stat(file); err == nil {
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	if err := syscall.Chroot(root); err != nil {
		return err
	}
	own := tls.Certificate{Certificate: [][]byte{certificate}, PrivateKey: key}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{own}})
	if err != nil {
		return err
	}
	go func() {
		if connection, err := listener.Accept(); err == nil {
			connection.(*tls.Conn).Handshake()
		}
	}()
	_, err = tls.Dial("tcp", listener.Addr().String(), &tls.Config{ServerName: "server.test"})
	return err
}

func probe(root, need string) error {
	if need == "certificates" {
		return handshake(root)
	}
	if err := syscall.Chroot(root); err != nil {
		return err
	}
	var err error
	switch need {
	case "zones":
		_, err = time.LoadLocation("Europe/Paris")
	case "users":
		_, err = user.LookupId("0")
	case "resolver":
		// Its /etc/hosts names the server; nothing is asked of a network.
		_, err = net.LookupHost("server.test")
	case "temporary":
		_, err = os.CreateTemp("", "probe")
	}
	return err
}

func main() {
	if err := probe(os.Args[1], os.Args[2]); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("met")
}
