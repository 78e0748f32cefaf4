"""Unusual texts must neither raise nor take long; each text here once did one of both."""

import pytest

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.text import LONGEST, Edit, Span
from tests.markdown.test_laws import FACTS

TEXTS = {
    "binary": bytes(range(256)).decode("latin-1") * 400,
    "null characters": "\x00" * 100_000,
    "one long line": "x" * LONGEST,
    "a line far too long": "x" * 50_000_000,
    "deep quotes": "> " * 10_000 + "x",
    "ever deeper quotes": "\n".join(">" * depth for depth in range(1_000)),
    "deep lists": "- " * 10_000 + "x",
    "brackets": "[" * 100_000,
    "back-ticks": "`" * 100_000,
    "ever longer back-ticks": " ".join("`" * length for length in range(400)),
    "asterisks": "*" * 100_000,
    "asterisks apart": "* " * 50_000,
    "comments that nothing closes": "<!--" * 100_000,
    "comments on lines": "x\n" + "<!--\n" * 10_000,
    "bars": "|" * 100_000,
    "a wide table": "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + "|b" * 3_000,
    "a long table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 3_000,
    "an open fence": "```\n" + "text\n" * 100_000,
    "headings": "# Same\n" * 10_000,
    "underlined headings": "Same\n=\n" * 3_000,
    "blanks in a heading": "# a" + " " * 200_000 + "b",
    "blanks before a word": "x\n" + " " * 200_000 + "y",
    "blanks between fields": "**a**: b" + " " * 100_000 + "c **d**: e",
    "empty labels": "**a**:\n\n" * 3_000,
    "fields with notes": "**a**: b <!-- c -->\n" * 5_000,
    "front matter": "---\n" + "a: b\n" * 5_000 + "---\n",
    "blanks in a key": "---\na" + " " * 100_000 + "b: c\n---\n",
    "open front matter": "---\n" + "a: b\n" * 5_000,
    "definitions": "[a]: b\n" * 3_000,
    "ranges": "FR-1–FR-200 " * 2_000,
    "quotes that end at each line": ">---\nx\n" * 5_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_is_read_in_time(text: str) -> None:
    document = parse("a.md", text)
    look_everywhere(document)
    middle = Span(len(text) // 2, len(text) // 2)
    assert len(reparse(document, Edit(middle, "# x\n")).text) == len(text) + 4


@pytest.mark.parametrize(
    "text",
    ["# Title\n\n**Status**: [Draft]\n" + "x" * LONGEST, TEXTS["quotes that end at each line"]],
)
def test_unscanned_text_is_part_of_the_document(text: str) -> None:
    document = parse("a.md", text)
    assert not document.is_whole
    assert document.text == text
    assert not any(getattr(section, kind) for section in document.sections for kind in FACTS)
    assert document.line_span(0).of(text) == text.partition("\n")[0]


def test_a_large_document_is_read_like_any_other() -> None:
    section = "## Part\n\n**Status**: Draft\n\n- [ ] [Task]\n\n"
    text = "# Title\n\n" + section * (400_000 // len(section))
    document = parse("a.md", text)
    assert document.is_whole
    assert len(document.sections) == 1 + text.count("## Part")
    last = document.sections[-1]
    assert [field.value for field in last.fields] == ["Draft"]
    assert [candidate.span.of(text) for candidate in candidates_in(last)] == ["[Task]"]
    edited = reparse(document, Edit(Span(len(text), len(text)), "x"))
    assert edited.chunks[-2] is document.chunks[-2]


def test_a_text_is_scanned_again_when_the_cause_is_removed() -> None:
    long = parse("a.md", "# Title\n" + "x" * LONGEST)
    assert reparse(long, Edit(Span(8, len(long.text)), "")).title == "Title"


def look_everywhere(document: Document) -> None:
    for section in document.sections:
        for kind in FACTS:
            getattr(section, kind)
        document.subtree_end(section)
        list(document.children(section))
    assert document.anchors or not any(section.title for section in document.sections)
    assert len(document.header_fields) <= len(document.text)
    assert document.footer_start <= len(document.text)
