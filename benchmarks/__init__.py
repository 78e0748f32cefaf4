"""What spec-lsp costs: run by `make bench`."""
