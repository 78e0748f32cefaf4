"""Markdown text read into a document with exact spans. Parsing never fails, whatever the text."""
