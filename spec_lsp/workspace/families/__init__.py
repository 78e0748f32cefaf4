"""Layouts of teams and tools: from the path of a file to its kind, its unit and its state."""
