"""The command line: the same calls as the server makes, for terminals and CI."""
