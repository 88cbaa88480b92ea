//go:build plain

package main

// #cgo LDFLAGS: ${SRCDIR}/libplain.a
import "C"
