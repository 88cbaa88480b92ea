//smoke github.com/go-enry/go-oniguruma

package main

import (
	"os"

	rubex "github.com/go-enry/go-oniguruma"
)

func init() {
	expression, err := rubex.Compile(`(?<year>\d{4})-(?<month>\d\d)`)
	if err != nil || expression.FindString("in 2026-11 or so") != "2026-11" || expression.MatchString("in 26") {
		println("smoke: the month is not found")
		os.Exit(1)
	}
}
