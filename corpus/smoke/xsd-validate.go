//smoke github.com/terminalstatic/go-xsd-validate

package main

import (
	"os"

	library "github.com/terminalstatic/go-xsd-validate"
)

func init() {
	schema := `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:integer"/></xs:schema>`
	err := library.Init()
	if err != nil {
		println("smoke:", err.Error())
		os.Exit(1)
	}
	handler, err := library.NewXsdHandlerMem([]byte(schema), library.ParsErrDefault)
	if err != nil {
		println("smoke:", err.Error())
		os.Exit(1)
	}
	good := handler.ValidateMem([]byte("<a>42</a>"), library.ValidErrDefault)
	bad := handler.ValidateMem([]byte("<a>no number</a>"), library.ValidErrDefault)
	if good != nil || bad == nil {
		println("smoke: the schema does not tell a number from words")
		os.Exit(1)
	}
}
