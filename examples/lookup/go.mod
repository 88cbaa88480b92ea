module example.org/gomusl/lookup

go 1.21
