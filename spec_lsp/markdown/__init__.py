"""Markdown text read into a document with exact spans. Parsing never fails, whatever the text."""

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.nodes import (
    Block,
    Candidate,
    Cell,
    Comment,
    Definition,
    Fence,
    Field,
    Heading,
    Identifier,
    Item,
    Link,
    Table,
)
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.markdown.section import Section
from spec_lsp.markdown.unclosed import Unclosed, unclosed

__all__ = [
    "Block",
    "Candidate",
    "Cell",
    "Chunk",
    "Comment",
    "Definition",
    "Document",
    "Fence",
    "Field",
    "Heading",
    "Identifier",
    "Item",
    "Link",
    "Section",
    "Table",
    "Unclosed",
    "parse",
    "reparse",
    "unclosed",
]
