"""Workspace text in a card is text: no renderer makes a link, an image or HTML of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from spec_lsp.safe_markdown import code, fenced, harmless, harmless_lines, plain_text

# Without `text_join` an escaped sign stays a token of its own, as it does for who finds addresses.
RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table").disable("text_join")
ACTIVE = {"link_open", "image", "html_inline", "html_block"}
# What renderers of GitHub's Markdown make links of although nothing marks it as one.
BARE = re.compile(r"(?:https?|ftp)://|\bwww\.|[\w.+-]@\w", re.IGNORECASE)
PIECES = [
    *"`[]()<>!:\\/&;*_ a", "``", "```", "~~~", "\\`", "&#x5b;", "> ", "- ", "    ",
    "![x](http://e.example/x)", "`![x](http://e.example)`", "[x]: http://e.example",
    "<img src=http://e.example>", "<http://e.example>", "http://e.example", "www.e.x", "a@e.x",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
hostile_lines = st.lists(hostile, max_size=5).map("\n".join)


def active(markdown: str) -> list[str]:
    """The links, images and HTML in a text, and the bare addresses outside of code."""
    found = []
    for token in _tokens(RENDERER.parse(markdown)):
        if token.type in ACTIVE:
            found.append(f"{token.type} {token.content}")
        elif token.type == "text" and BARE.search(token.content):
            found.append(f"address {token.content}")
    return found


def _tokens(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *_tokens(token.children or []))]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![pixel](https://e.example/p.png)", r"![pixel\](https\://e.example/p.png)"),
        ("[log in](https://e.example)", r"[log in\](https\://e.example)"),
        ("<img src=x>", r"\<img src=x>"),
        ("see https://e.example or www.e.example", r"see https\://e.example or www\.e.example"),
        ("&#x202e;", r"\&#x202e;"),
        ("1 \u202e2\x1b", r"1 \u202e2\x1b"),
        ("*soft* and **loud**, `[x](y)`, a < b", "*soft* and **loud**, `[x](y)`, a < b"),
        ("[WIP] x: [later]", r"[WIP] x: [later\]"),
        ("an odd ` mark", r"an odd \` mark"),
    ],
)  # fmt: skip
def test_what_leads_away_becomes_text_and_the_rest_stays(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_client_without_markdown_sees_no_backslashes() -> None:
    text = r"![p](http://e.example), an odd `` mark and `a\]b`"
    assert plain_text(harmless(text)) == text


@given(hostile, hostile, hostile_lines)
def test_nothing_in_a_card_leads_away(title: str, status: str, guidance: str) -> None:
    quoted = "\n".join(f"> {line}" for line in harmless_lines(guidance).split("\n"))
    line = f"**{harmless(title)}**: {harmless(status)} · {code(title)}"
    card = f"{line}\n\n{quoted}\n\n{harmless(status)}"
    assert active(card) == []


@given(hostile_lines)
def test_a_code_block_cannot_be_left(text: str) -> None:
    block, *rest = RENDERER.parse(fenced(text, "markdown"))
    assert (block.type, rest) == ("fence", [])
