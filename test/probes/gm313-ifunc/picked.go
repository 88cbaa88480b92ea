//go:build !plain

package main

// #cgo LDFLAGS: ${SRCDIR}/libpick.a
import "C"
