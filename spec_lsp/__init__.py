"""Live help and checks for specification documents in Markdown, where a template is the schema."""

__version__ = "0.1.0"
