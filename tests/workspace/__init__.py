"""The workspace: what it keeps of every file, and what it answers about all of them."""
