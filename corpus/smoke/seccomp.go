//smoke github.com/seccomp/libseccomp-golang

package main

import (
	"os"

	"github.com/seccomp/libseccomp-golang"
)

func init() {
	call, err := seccomp.GetSyscallFromName("getppid")
	var filter *seccomp.ScmpFilter
	if err == nil {
		filter, err = seccomp.NewFilter(seccomp.ActAllow)
	}
	if err == nil {
		err = filter.AddRule(call, seccomp.ActKillProcess)
	}
	var file *os.File
	if err == nil {
		file, err = os.Create("filter")
	}
	if err == nil {
		err = filter.ExportPFC(file)
	}
	text, _ := os.ReadFile("filter")
	if err != nil || call != 110 || len(text) < 100 {
		println("smoke: no filter; getppid is", call)
		os.Exit(1)
	}
}
