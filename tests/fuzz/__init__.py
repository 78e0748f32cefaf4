"""Random edits over the protocol, compared with a server that starts on the same texts."""
