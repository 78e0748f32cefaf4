"""The benchmarks of spec-lsp: run by `make bench`."""
