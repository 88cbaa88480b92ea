// plugin.Open on a file that exists: the error is not that the file is missing.
package main

import (
	"fmt"
	"os"
	"plugin"
)

func main() {
	_, err := plugin.Open(os.Args[0])
	fmt.Println(err)
}
