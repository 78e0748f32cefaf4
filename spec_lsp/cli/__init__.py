"""The command line: one file for each command, over the same engine as the server."""
