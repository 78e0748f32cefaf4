"""Background work between messages: indexing folders and watching files."""
