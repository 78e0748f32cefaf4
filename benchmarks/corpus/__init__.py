"""A made-up workspace of any size: documents of all built-in kinds, filled and linked."""
