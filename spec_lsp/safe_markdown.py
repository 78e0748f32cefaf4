"""Neutralise workspace text for the Markdown that editors render in hovers and documentation.

Emphasis, code and lists of a document stay. Everything that loads or leads anywhere becomes plain
text: links, images, HTML, bare addresses, link definitions, entities.
"""

from __future__ import annotations

import re

from spec_lsp.printable import printable, printable_lines

# The order matters: earlier alternatives consume text before later ones are tried.
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<unsafe>\](?=[(\[:]|$)"  # the end of a link text; at `$` the card may go on with `(`
    r"|<(?=[A-Za-z/!?])"
    r"|:(?=//)"
    r"|(?<=\bwww)\."
    r"|(?<=[\w.+-])@(?=\w)"
    r"|&(?=\#?\w+;)"
    r"|\\$)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"(?P<ticks>`+)|\\(?P<char>[!-/:-@\[-`{-~])")


def harmless(text: str) -> str:
    """One line of workspace Markdown, without links, images and HTML."""
    text = printable(text.expandtabs(4))
    found: list[str] = []
    at = 0
    while token := _TOKEN.search(text, at):
        found.append(text[at : token.start()])
        span = _code_end(text, token) if token["ticks"] else 0
        found.append(text[token.start() : span] if span else _literal(token))
        at = span or token.end()
    return "".join((*found, text[at:]))


def harmless_lines(text: str) -> str:
    """Neutralise several lines, each alone: a code span over a line end becomes text."""
    return "\n".join(map(harmless, text.splitlines()))


def code(text: str) -> str:
    """Text as a code span, with enough backticks to hold its own."""
    text = printable(text)
    ticks = "`" * (_longest_run(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


def fenced(text: str, language: str) -> str:
    """Lines as a fenced code block, with enough backticks to hold their own."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{printable_lines(text)}\n{fence}"


def plain_text(card: str) -> str:
    """Remove the backslashes that `harmless` added, for clients without Markdown."""
    found: list[str] = []
    at = 0
    while token := _ESCAPED.search(card, at):
        span = _code_end(card, token) if token["ticks"] else 0
        found.append(card[at : token.start()])
        found.append(card[token.start() : span] if span else token["char"] or token[0])
        at = span or token.end()
    return "".join((*found, card[at:]))


def _literal(token: re.Match[str]) -> str:
    if token["escape"]:
        return token[0]
    return "".join(f"\\{char}" for char in token[0])


def _code_end(text: str, ticks: re.Match[str]) -> int:
    """The offset at which the code span opened by a run of backticks ends; 0 if it stays open."""
    run = ticks[0]
    end = re.compile(rf"(?<!`){run}(?!`)").search(text, ticks.end())
    return end.end() if end else 0


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)
