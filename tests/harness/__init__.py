"""What the Markdown tests are read and run with."""
