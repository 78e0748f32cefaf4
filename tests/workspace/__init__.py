"""The workspace: the entry of every file, and queries over all of them."""
