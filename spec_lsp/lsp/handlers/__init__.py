"""Handlers, one function per message: find the place, call the feature, convert the result."""
