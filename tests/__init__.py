"""The tests of spec-lsp."""
