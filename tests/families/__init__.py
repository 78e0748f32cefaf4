"""Families: a small tree of each, made by hand, and what the program says about it."""
