"""The language server: protocol only, with thin handlers that call features."""
