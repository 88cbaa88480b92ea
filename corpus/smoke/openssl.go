//smoke github.com/libp2p/go-openssl

package main

import (
	"encoding/hex"
	"os"

	"github.com/libp2p/go-openssl"
)

func init() {
	sum, err := openssl.SHA256([]byte("abc"))
	if err != nil || hex.EncodeToString(sum[:4]) != "ba7816bf" {
		println("smoke: the sum of abc is", hex.EncodeToString(sum[:]))
		os.Exit(1)
	}
	key, err := openssl.GenerateRSAKey(2048)
	if err == nil {
		_, err = key.SignPKCS1v15(openssl.SHA256_Method, []byte("abc"))
	}
	if err != nil {
		println("smoke:", err.Error())
		os.Exit(1)
	}
}
