// Go alone, built with CGO_ENABLED=0, and dynamic all the same.
package main

//go:cgo_import_dynamic _ _ "libc.so.6"

func main() {}
