"""Laws for every text, valid or not."""

from collections.abc import Callable, Iterable
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from spec_lsp.markdown.chunk import Chunk
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.markdown.section import Section
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.text import Edit, Encoding, LineIndex, Position, Span, apply
from tests.markdown.hostile import scraps, texts

FACTS = (
    *("fields", "items", "tables", "fences", "comments", "code_spans", "links", "identifiers"),
    *("definitions", "rules"),
)

# For each kind of node, its span and the text that it quotes.
QUOTES: dict[str, Callable[[Section], Iterable[tuple[Span, str]]]] = {
    "heading": lambda section: (
        (head.text_span, head.text) for head in (section.heading,) if head and not head.is_setext
    ),
    "field name": lambda section: ((field.name_span, field.name) for field in section.fields),
    "field value": lambda section: ((field.value_span, field.value) for field in section.fields),
    "marker": lambda section: ((item.marker_span, item.marker) for item in section.items),
    "item": lambda section: ((item.text_span, item.text) for item in section.items),
    "check box": lambda section: (
        (item.box_span, "x" if item.checked else " ") for item in section.items if item.box_span
    ),
    "cell": lambda section: (
        (cell.span, cell.text)
        for table in section.tables
        for row in (table.header, *table.rows)
        for cell in row
    ),
    "comment": lambda section: (
        (Span(each.span.start + 4, each.span.start + 4 + len(each.text)), each.text)
        for each in section.comments
    ),
    "link": lambda section: ((link.target_span, link.target) for link in section.links),
    "identifier": lambda section: (
        (each.span, each.text) for each in section.identifiers if not each.implied
    ),
    "definition": lambda section: (
        (each.identifier.span, each.identifier.text) for each in section.definitions
    ),
    "candidate": lambda section: ((each.span, each.text) for each in candidates_in(section)),
}


@given(texts)
def test_chunks_add_up_to_the_text(text: str) -> None:
    document = parse("a.md", text)
    assert "".join(section.span.of(text) for section in document.sections) == text
    assert [section.span.of(text) for section in document.sections] == [
        chunk.text for chunk in document.chunks
    ]


@given(texts)
def test_spans_slice_back_to_what_they_name(text: str) -> None:
    for section in parse("a.md", text).sections:
        for kind, quotes in QUOTES.items():
            for span, quote in quotes(section):
                assert span.of(text).replace("X", "x") == quote.replace("X", "x"), kind


@given(texts)
def test_everything_found_lies_in_its_section(text: str) -> None:
    for section in parse("a.md", text).sections:
        for kind in FACTS:
            spans = [getattr(node, "span", node) for node in getattr(section, kind)]
            assert all(section.span.covers(span) and span.start <= span.end for span in spans), kind


@settings(max_examples=300)
@given(texts, st.data())
def test_edits_lead_to_what_parsing_the_new_text_gives(text: str, data: st.DataObject) -> None:
    document = parse("a.md", text)
    for _ in range(4):
        edit = data.draw(edits(document.text))
        text = apply(document.text, [edit])
        document = reparse(document, edit)
        assert document == parse("a.md", text)
        assert [place(section) for section in document.sections] == [
            place(section) for section in parse("a.md", text).sections
        ]
        # Values cached for the previous version are reused for the next one.
        if data.draw(st.booleans()):
            long = [chunk for chunk in document.chunks if is_long(chunk)]
            assert [section.chunk for section, _ in document.sections_with(is_long)] == long


@given(texts.map(lambda text: text.replace("\r", "\n")), st.sampled_from(("\r\n", "\r")))
def test_every_line_end_reads_alike(text: str, line_end: str) -> None:
    assert shown(parse("a.md", text.replace("\n", line_end))) == shown(parse("a.md", text))


@given(texts.map(lambda text: text.lstrip("\ufeff ")))
def test_a_byte_order_mark_at_the_margin_changes_nothing(text: str) -> None:
    assert shown(parse("a.md", "\ufeff" + text)) == shown(parse("a.md", text))


@given(texts, st.integers(-2, 90), st.integers(-2, 90), st.sampled_from(get_args(Encoding)))
def test_a_document_counts_lines_as_its_text_does(
    text: str, line: int, column: int, encoding: Encoding
) -> None:
    document, index = parse("a.md", text), LineIndex(text)
    offset, position = line * 3 + column, Position(line, column)
    assert document.position(offset, encoding) == index.position(offset, encoding)
    assert document.offset(position, encoding) == index.offset(position, encoding)
    assert document.line_span(line) == index.line_span(line)


@st.composite
def edits(draw: st.DrawFn, text: str) -> Edit:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)) | st.integers(start, len(text)))
    return Edit(Span(start, end), draw(scraps))


def is_long(chunk: Chunk) -> bool:
    return len(chunk.text) > 20


def place(section: Section) -> tuple[int, int, int, int]:
    return section.index, section.start, section.line, section.parent


def shown(document: Document) -> list[tuple[str, list[str]]]:
    """The content of a document, without line ends and positions."""
    return [
        (kind, [" ".join(quote.split()) for _, quote in quotes(section)])
        for section in document.sections
        for kind, quotes in QUOTES.items()
    ]
