module example.org/probes

go 1.21
