"""Reading many files, with several processes."""
