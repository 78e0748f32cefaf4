"""The vocabulary of a parsed document: what stands where.

Every node carries spans that slice back to exactly what they name.
A node found in a chunk counts from the start of that chunk; `shift` moves it to its place in the
document, which `Section` does for whoever asks.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from spec_lsp.identifiers import Identifier
from spec_lsp.text import Span

BlockKind = Literal[
    "heading", "paragraph", "item", "quote", "table", "rule", "html", "code", "fence"
]
# What a block is made of, while a text is read: a plain tuple, since there are so many of them.
BlockRow = tuple[BlockKind, int, int, int, int, str]


class Block(NamedTuple):
    """What the block parser says of a run of lines, counted from the start of its chunk.

    `depth` counts the lists and quotes around it; `info` is a heading's mark or a fence's language.
    """

    kind: BlockKind
    line: int
    end: int
    depth: int
    level: int = 0
    info: str = ""

    def shift(self, by: int) -> Block:
        """The same block, some lines further on."""
        if not by:
            return self
        kind, line, end, depth, level, info = self
        return Block(kind, line + by, end + by, depth, level, info)


class Heading(NamedTuple):
    """A heading line; `text_span` names its text without marks."""

    span: Span
    text_span: Span
    text: str
    level: int
    is_setext: bool = False

    def shift(self, by: int) -> Heading:
        """The same heading, further on."""
        span, text_span, text, level, is_setext = self
        return Heading(span.shift(by), text_span.shift(by), text, level, is_setext)


FieldStyle = Literal["bold", "plain", "yaml", "row"]


class Field(NamedTuple):
    """A label and its value, such as `**Status**: Draft`.

    `span` reaches from the label's marks to the end of the value.
    `is_block` says that the value is what follows below: a list, a table, a paragraph.
    `comment` is the note behind the value, in front matter after `#`, elsewhere in `<!-- -->`.
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
        """The same field, further on."""
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
    """A list item's first line; `checked` is None where there is no check box.

    `box_span` names the character between the brackets of the check box.
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
        """The same item, further on."""
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
    """One cell of a table, without the blanks around its text."""

    span: Span
    text: str

    def shift(self, by: int) -> Cell:
        """The same cell, further on."""
        return Cell(self.span.shift(by), self.text)


class Table(NamedTuple):
    """A table: its header cells, and the cells of each row below the rule."""

    span: Span
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_spans: tuple[Span, ...]

    def shift(self, by: int) -> Table:
        """The same table, further on."""
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
        """The same block, further on."""
        return Fence(self.span.shift(by), self.body_span.shift(by), self.info)


class Comment(NamedTuple):
    """An HTML comment, closed or not; `text` is what stands between its marks."""

    span: Span
    text: str

    def shift(self, by: int) -> Comment:
        """The same comment, further on."""
        return Comment(self.span.shift(by), self.text)


LinkKind = Literal["inline", "image", "reference", "definition", "autolink"]


class Link(NamedTuple):
    """A link of any kind.

    `target` is the destination as written; for a reference link it is the reference's label.
    """

    kind: LinkKind
    span: Span
    text_span: Span
    target_span: Span
    target: str

    def shift(self, by: int) -> Link:
        """The same link, further on."""
        return self._replace(
            span=self.span.shift(by),
            text_span=self.text_span.shift(by),
            target_span=self.target_span.shift(by),
        )


DefinitionForm = Literal["heading", "list", "checkbox", "cell"]


class Definition(NamedTuple):
    """An ID at a place that defines it, with the words that name what it stands for."""

    identifier: Identifier
    form: DefinitionForm
    title: str
    span: Span

    def shift(self, by: int) -> Definition:
        """The same definition, further on."""
        return self._replace(identifier=self.identifier.shift(by), span=self.span.shift(by))
