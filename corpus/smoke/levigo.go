//smoke github.com/jmhodges/levigo

package main

import (
	"os"

	"github.com/jmhodges/levigo"
)

func init() {
	options := levigo.NewOptions()
	options.SetCreateIfMissing(true)
	database, err := levigo.Open("smoke.db", options)
	if err == nil {
		err = database.Put(levigo.NewWriteOptions(), []byte("a"), []byte("42"))
	}
	var value []byte
	if err == nil {
		value, err = database.Get(levigo.NewReadOptions(), []byte("a"))
	}
	if err != nil || string(value) != "42" {
		println("smoke: a is", string(value))
		os.Exit(1)
	}
	database.Close()
}
