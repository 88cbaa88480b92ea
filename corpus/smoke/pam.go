//smoke github.com/msteinert/pam
//smoke github.com/msteinert/pam/v2

package main

import (
	"errors"
	"os"

	"github.com/msteinert/pam"
)

// A static program loads no module of PAM: that has to be said, and not crash.
func init() {
	say := func(pam.Style, string) (string, error) { return "", errors.New("nobody is there") }
	transaction, err := pam.StartFunc("other", "nobody", say)
	if err == nil {
		err = transaction.Authenticate(0)
	}
	if err == nil || err.Error() == "" {
		println("smoke: nobody is let in")
		os.Exit(1)
	}
}
