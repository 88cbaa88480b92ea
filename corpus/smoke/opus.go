//smoke gopkg.in/hraban/opus.v2
//smoke github.com/hraban/opus

package main

import (
	"os"

	"gopkg.in/hraban/opus.v2"
)

func init() {
	sound := make([]int16, 960)
	for at := range sound {
		sound[at] = int16(at * 60 % 20000)
	}
	packet := make([]byte, 1000)
	heard := make([]int16, 960)
	encoder, err := opus.NewEncoder(48000, 1, opus.AppAudio)
	size := 0
	if err == nil {
		size, err = encoder.Encode(sound, packet)
	}
	count := 0
	if err == nil {
		var decoder *opus.Decoder
		decoder, err = opus.NewDecoder(48000, 1)
		if err == nil {
			count, err = decoder.Decode(packet[:size], heard)
		}
	}
	if err != nil || size < 10 || count != 960 {
		println("smoke: opus gives", size, "bytes and", count, "samples")
		os.Exit(1)
	}
}
