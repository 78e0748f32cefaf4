"""How authors write placeholders, choices, titles and IDs, one file per notation."""
