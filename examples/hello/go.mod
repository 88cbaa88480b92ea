module example.org/gomusl/hello

go 1.21
