//smoke github.com/go-piv/piv-go/piv
//smoke github.com/go-piv/piv-go/v2/piv

package main

import (
	"os"

	"github.com/go-piv/piv-go/piv"
)

// Where no daemon for cards runs, that has to be said, and not crash.
func init() {
	if _, err := piv.Cards(); err != nil && err.Error() == "" {
		println("smoke: an error without words")
		os.Exit(1)
	}
}
