"""The language server: thin handlers over the features, the only room that knows the protocol."""
