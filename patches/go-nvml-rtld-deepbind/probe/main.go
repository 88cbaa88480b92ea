// Builds only where cgo knows every name that the module takes from dlfcn.h.
package main

import (
	"fmt"

	"github.com/NVIDIA/go-nvml/pkg/dl"
)

func main() {
	library := dl.New("libnvidia-ml.so.1", dl.RTLD_LAZY|dl.RTLD_GLOBAL|dl.RTLD_DEEPBIND)
	fmt.Println(library.Open() != nil)
}
