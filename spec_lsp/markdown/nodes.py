"""The nodes of a parsed document.

Each span of a node covers exactly the text that it names. The spans of a node in a chunk count from
the start of the chunk; `shift` moves them, and `Section` shifts them to the start of the document.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from spec_lsp.identifiers import Identifier
from spec_lsp.text import Span

BlockKind = Literal[
    "heading", "paragraph", "item", "quote", "table", "rule", "html", "code", "fence"
]
# A block as a plain tuple: faster while parsing, where there are many.
BlockRow = tuple[BlockKind, int, int, int, int, str]


class Block(NamedTuple):
    """A run of lines as the block parser classified it, counted from the first line of the chunk.

    `depth` is the number of lists and quotes around the block; `info` is the mark of a heading or
    the language of a fence.
    """

    kind: BlockKind
    line: int
    end: int
    depth: int
    level: int = 0
    info: str = ""

    def shift(self, by: int) -> Block:
        """The same block, `by` lines further down."""
        if not by:
            return self
        kind, line, end, depth, level, info = self
        return Block(kind, line + by, end + by, depth, level, info)


class Heading(NamedTuple):
    """A heading; `text_span` covers its text without marks."""

    span: Span
    text_span: Span
    text: str
    level: int
    is_setext: bool = False

    def shift(self, by: int) -> Heading:
        """The same heading, `by` code points further on."""
        span, text_span, text, level, is_setext = self
        return Heading(span.shift(by), text_span.shift(by), text, level, is_setext)


FieldStyle = Literal["bold", "plain", "yaml", "row", "heading"]


class Field(NamedTuple):
    """A label and its value, such as `**Status**: Draft`.

    `span` reaches from the marks of the label to the end of the value. `is_block` means that the
    value is the block that follows: a list, a table, a paragraph. `comment` is the note after the
    value: after `#` in front matter, elsewhere in `<!-- -->`. A heading may be a label too: its
    value is the line below, and `is_block` means that more text follows.
    """

    name: str
    name_span: Span
    value: str
    value_span: Span
    span: Span
    style: FieldStyle
    in_list: bool = False
    is_block: bool = False
    comment: str = ""

    def shift(self, by: int) -> Field:
        """The same field, `by` code points further on."""
        return Field(
            self.name,
            self.name_span.shift(by),
            self.value,
            self.value_span.shift(by),
            self.span.shift(by),
            self.style,
            self.in_list,
            self.is_block,
            self.comment,
        )


class Item(NamedTuple):
    """The first line of a list item; `checked` is None if the item has no check box.

    `box_span` covers the character between the brackets of the check box.
    """

    span: Span
    marker: str
    marker_span: Span
    text_span: Span
    text: str
    depth: int
    checked: bool | None = None
    box_span: Span | None = None

    def shift(self, by: int) -> Item:
        """The same item, `by` code points further on."""
        return Item(
            self.span.shift(by),
            self.marker,
            self.marker_span.shift(by),
            self.text_span.shift(by),
            self.text,
            self.depth,
            self.checked,
            self.box_span and self.box_span.shift(by),
        )


class Cell(NamedTuple):
    """A table cell, without the blanks around its text."""

    span: Span
    text: str

    def shift(self, by: int) -> Cell:
        """The same cell, `by` code points further on."""
        return Cell(self.span.shift(by), self.text)


class Table(NamedTuple):
    """A table: its header cells, and the cells of each row below the delimiter row."""

    span: Span
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_spans: tuple[Span, ...]

    def shift(self, by: int) -> Table:
        """The same table, `by` code points further on."""
        return Table(
            self.span.shift(by),
            tuple(cell.shift(by) for cell in self.header),
            tuple(tuple(cell.shift(by) for cell in row) for row in self.rows),
            tuple(span.shift(by) for span in self.row_spans),
        )


class Fence(NamedTuple):
    """A fenced or indented code block."""

    span: Span
    body_span: Span
    info: str

    def shift(self, by: int) -> Fence:
        """The same code block, `by` code points further on."""
        return Fence(self.span.shift(by), self.body_span.shift(by), self.info)


class Comment(NamedTuple):
    """An HTML comment, closed or not; `text` is the text between its marks."""

    span: Span
    text: str

    def shift(self, by: int) -> Comment:
        """The same comment, `by` code points further on."""
        return Comment(self.span.shift(by), self.text)


LinkKind = Literal["inline", "image", "reference", "definition", "autolink"]


class Link(NamedTuple):
    """A link of any kind.

    `target` is the destination as written, or the label of a reference link.
    """

    kind: LinkKind
    span: Span
    text_span: Span
    target_span: Span
    target: str

    def shift(self, by: int) -> Link:
        """The same link, `by` code points further on."""
        return self._replace(
            span=self.span.shift(by),
            text_span=self.text_span.shift(by),
            target_span=self.target_span.shift(by),
        )


DefinitionForm = Literal["heading", "list", "checkbox", "cell", "line"]


class Definition(NamedTuple):
    """An ID at a defining position, and the title that follows it."""

    identifier: Identifier
    form: DefinitionForm
    title: str
    span: Span

    def shift(self, by: int) -> Definition:
        """The same definition, `by` code points further on."""
        return self._replace(identifier=self.identifier.shift(by), span=self.span.shift(by))
