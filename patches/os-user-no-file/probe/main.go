// Looks up a user and an id where there is no /etc/passwd: nobody is unknown there but by the type of the error.
package main

import (
	"fmt"
	"os"
	"os/user"
)

func main() {
	_, byName := user.Lookup("nobody-of-this-name")
	_, byId := user.LookupId("4711")
	fmt.Printf("%T %v, %T %v\n", byName, byName, byId, byId)
	_, name := byName.(user.UnknownUserError)
	_, id := byId.(user.UnknownUserIdError)
	if !name || !id {
		os.Exit(1)
	}
}
