"""Calls to the operating system and to git."""
