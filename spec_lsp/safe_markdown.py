"""Workspace text inside the Markdown that editors render: hover cards and documentation.

A document is Markdown of its own, so emphasis, code and lists stay. What loads or leads anywhere
becomes text: links, images, HTML, bare addresses, link definitions, entities.
"""

from __future__ import annotations

import re

from spec_lsp.printable import printable, printable_lines

# The order matters: what an earlier alternative takes is not looked at by a later one.
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<unsafe>\](?=[(\[:]|$)"  # the end of a link's text, also of one that the card would go on
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
    """One line of Markdown from a workspace, without links, images and HTML."""
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
    """Several lines; a code span that goes over a line end is text, since blocks may cut it."""
    return "\n".join(map(harmless, text.splitlines()))


def code(text: str) -> str:
    """A text as a code span, whatever backticks it holds."""
    text = printable(text)
    ticks = "`" * (_longest_run(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


def fenced(text: str, language: str) -> str:
    """Several lines as a code block, whatever backticks they hold."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{printable_lines(text)}\n{fence}"


def plain_text(card: str) -> str:
    """The backslashes that `harmless` puts in taken out again, for clients without Markdown."""
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
    """Where the code span that begins with a run of backticks ends; 0 where it does not."""
    run = ticks[0]
    end = re.compile(rf"(?<!`){run}(?!`)").search(text, ticks.end())
    return end.end() if end else 0


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)
