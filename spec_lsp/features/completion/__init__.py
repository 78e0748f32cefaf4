"""Completion, one file per kind of text."""
