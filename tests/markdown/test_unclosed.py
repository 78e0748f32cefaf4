"""What a document leaves open at its end, and what closes it."""

from __future__ import annotations

import pytest
from hypothesis import given

from spec_lsp.markdown import parse, unclosed
from tests.markdown.hostile import layouts, texts

CLOSED = (
    "",
    "Text",
    "```\ncode\n```\n",
    "- ```\n  code",
    "> <!--",
    "<div>\n",
    "<!-- note -->",
    "<!-->",
)


@pytest.mark.parametrize("text", CLOSED)
def test_what_ends_by_itself_needs_no_closing(text: str) -> None:
    assert unclosed(parse("doc.md", text)) is None


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("```", "```"),
        ("  ~~~~ python\n~~~\n    ~~~~\n", "~~~~"),
        ("```\r\ncode\r\n\r\n", "```"),
        ("<!-- note", "-->"),
        ("<PRE class='x'>\n\ncode", "</PRE>"),
        ("<?php\n", "?>"),
        ("<!DOCTYPE", ">"),
        ("<![CDATA[\n>", "]]>"),
    ],
)
def test_what_runs_to_the_end_is_known_with_its_closing(text: str, closing: str) -> None:
    found = unclosed(parse("doc.md", f"# Title\n\n{text}"))
    assert found == (9, closing)


@given(texts | layouts())
def test_behind_the_closing_a_heading_is_one(text: str) -> None:
    document = parse("doc.md", text)
    left = unclosed(document)
    closed = f"{text}\n{left.closing}" if left else text
    assert parse("doc.md", f"{closed}\n\n## Heading\n").sections[-1].title == "Heading"
