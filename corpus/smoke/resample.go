//smoke github.com/zaf/resample

package main

import (
	"bytes"
	"os"

	"github.com/zaf/resample"
)

func init() {
	var half bytes.Buffer
	resampler, err := resample.New(&half, 48000, 24000, 1, resample.I16, resample.HighQ)
	if err == nil {
		_, err = resampler.Write(make([]byte, 9600))
	}
	if err == nil {
		err = resampler.Close()
	}
	if err != nil || half.Len() < 4000 || half.Len() > 5600 {
		println("smoke: 9600 bytes become", half.Len())
		os.Exit(1)
	}
}
