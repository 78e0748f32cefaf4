"""The server over the protocol: negotiation and glue; what it answers is tested per feature."""
