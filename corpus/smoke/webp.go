//smoke github.com/kolesa-team/go-webp/encoder

package main

import (
	"bytes"
	"image"
	"os"

	"github.com/kolesa-team/go-webp/encoder"
)

func init() {
	var file bytes.Buffer
	options, err := encoder.NewLossyEncoderOptions(encoder.PresetDefault, 75)
	if err == nil {
		var made *encoder.Encoder
		made, err = encoder.NewEncoder(image.NewNRGBA(image.Rect(0, 0, 40, 30)), options)
		if err == nil {
			err = made.Encode(&file)
		}
	}
	if err != nil || file.Len() < 20 || string(file.Bytes()[8:12]) != "WEBP" {
		println("smoke: no picture")
		os.Exit(1)
	}
}
