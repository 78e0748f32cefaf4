"""Any Markdown text, read into a document with exact spans; it knows no template."""
