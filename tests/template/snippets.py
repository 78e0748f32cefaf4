"""Expand a snippet as an editor does: text and tab stops. Wrong grammar is an error."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\$}])"
    r"|\$\{(?P<choice>\d+)\|(?P<choices>(?:\\[\\$},|]|[^\\,|])+(?:,(?:\\[\\$},|]|[^\\,|])+)*)\|\}"
    r"|\$\{(?P<stop>\d+):(?P<default>(?:\\[\\$}]|[^\\$}])*)\}"
    r"|\$(?P<bare>\d+)"
    r"|(?P<text>[^\\$])"
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def rendered(snippet: str) -> str:
    """The inserted text, every tab stop as its default and every choice as its first value."""
    parts: list[str] = []
    done = 0
    for match in _TOKEN.finditer(snippet):
        assert match.start() == done, f"not a snippet at {snippet[done : done + 40]!r}"
        done = match.end()
        if match["choices"] is not None:
            first = re.match(r"(?:\\.|[^\\,])*", match["choices"])
            parts.append(_ESCAPED.sub(r"\1", first[0] if first else ""))
        else:
            found = match["escaped"] or match["text"] or match["default"] or ""
            parts.append(_ESCAPED.sub(r"\1", found) if match["default"] else found)
    assert done == len(snippet), f"not a snippet at {snippet[done : done + 40]!r}"
    return "".join(parts)


def stops(snippet: str) -> list[int]:
    """The numbers of the stops, in order."""
    found = (
        match["choice"] or match["stop"] or match["bare"] for match in _TOKEN.finditer(snippet)
    )
    return [int(number) for number in found if number]
