"""How findings and workspaces are shown: one file for each output format."""
