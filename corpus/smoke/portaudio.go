//smoke github.com/gordonklaus/portaudio

package main

import (
	"os"
	"strings"

	"github.com/gordonklaus/portaudio"
)

func init() {
	if text := portaudio.VersionText(); !strings.Contains(text, "PortAudio V19") {
		println("smoke: the version is", text)
		os.Exit(1)
	}
}
