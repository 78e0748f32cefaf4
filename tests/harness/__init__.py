"""The reader and runner of the Markdown tests."""
