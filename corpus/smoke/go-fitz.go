//smoke github.com/gen2brain/go-fitz

package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/gen2brain/go-fitz"
)

// onePage is a PDF of one page that says Hello.
func onePage() []byte {
	text := "BT /F1 24 Tf 72 700 Td (Hello) Tj ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	file := "%PDF-1.4\n"
	table := "0000000000 65535 f \n"
	for at, object := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(file))
		file += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", at+1, object)
	}
	return []byte(fmt.Sprintf("%sxref\n0 6\n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", file, table, len(file)))
}

func init() {
	document, err := fitz.NewFromMemory(onePage())
	text := ""
	if err == nil {
		text, err = document.Text(0)
	}
	if err != nil || !strings.Contains(text, "Hello") {
		println("smoke: the page does not say Hello")
		os.Exit(1)
	}
	if picture, err := document.Image(0); err != nil || picture.Bounds().Dx() < 100 {
		println("smoke: no picture of the page")
		os.Exit(1)
	}
}
