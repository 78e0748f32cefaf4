"""What generated pages share."""

NOTE = "<!-- Written by `make docs` from the program itself. -->"


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|")
