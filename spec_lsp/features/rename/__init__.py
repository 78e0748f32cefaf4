"""Renaming IDs, headings and files."""
