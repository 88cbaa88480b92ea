// Reach writes a main package that uses the whole exported API of one package: every exported function, and every
// exported method of an exported type, stands in a slice that main walks, so that Go's linker can drop none of them.
//
//	reach IMPORT-PATH FILE.go... > main.go
//
// It reads syntax only, because a package whose C does not compile has no types to ask for.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"sort"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: reach IMPORT-PATH FILE.go...")
		os.Exit(2)
	}
	var files []*ast.File
	for _, path := range os.Args[2:] {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		files = append(files, file)
	}
	write(os.Stdout, os.Args[1], expressions(files))
}

// expressions gives Go expressions for all that can be named from outside without type arguments, sorted.
func expressions(files []*ast.File) []string {
	generic := map[string]bool{}
	aliases := map[string]bool{}
	for _, file := range files {
		for _, declaration := range file.Decls {
			group, ok := declaration.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range group.Specs {
				if named, ok := spec.(*ast.TypeSpec); ok {
					generic[named.Name.Name] = named.TypeParams != nil
					aliases[named.Name.Name] = named.Assign.IsValid()
				}
			}
		}
	}
	var found []string
	for _, file := range files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || !function.Name.IsExported() || function.Type.TypeParams != nil {
				continue
			}
			if function.Recv == nil {
				found = append(found, "p."+function.Name.Name)
				continue
			}
			receiver := receiverName(function.Recv)
			if receiver == "" || !ast.IsExported(receiver) || generic[receiver] || aliases[receiver] {
				continue
			}
			found = append(found, "(*p."+receiver+")."+function.Name.Name)
		}
	}
	sort.Strings(found)
	return found
}

// receiverName is empty for a receiver with type parameters.
func receiverName(receiver *ast.FieldList) string {
	if len(receiver.List) != 1 {
		return ""
	}
	expression := receiver.List[0].Type
	for {
		switch typed := expression.(type) {
		case *ast.StarExpr:
			expression = typed.X
		case *ast.ParenExpr:
			expression = typed.X
		case *ast.Ident:
			return typed.Name
		default:
			return ""
		}
	}
}

func write(out io.Writer, importPath string, uses []string) {
	fmt.Fprintf(out, "package main\n\n")
	if len(uses) == 0 {
		fmt.Fprintf(out, "import _ %q\n\nfunc main() {}\n", importPath)
		return
	}
	fmt.Fprintf(out, "import p %q\n\nvar reach = []any{\n", importPath)
	for _, use := range uses {
		fmt.Fprintf(out, "\t%s,\n", use)
	}
	fmt.Fprintf(out, "}\n\nfunc main() {\n\tfor _, use := range reach {\n\t\tprintln(use)\n\t}\n}\n")
}
