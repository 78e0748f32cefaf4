"""What can be inserted at a place, one file per kind of text."""
