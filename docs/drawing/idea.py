"""The picture at the top of the README: a template, a document, its problems and a fix."""

from __future__ import annotations

import re
from collections.abc import Callable

import spec_lsp
from docs.drawing.svg import BAR, COLOURS, COLUMN, EDGE, LINE, head, text, window

TITLE = "A template, a document that follows it, the problems in the document and a fix"
TEMPLATE = """\
# Runbook: [Name]

**ID**: RUN-XXX
**Status**: Draft | Live | Retired
**Owner**: [Name]

## Symptoms

[What you see when it fails]

## Steps

- [ ] [First step]

## Escalation (optional)
"""
DOCUMENT = """\
# Runbook: Checkout is down

**ID**: RUN-001
**Status**: Lvie
**Owner**: [Name]

## Symptoms

Orders fail.
"""
_FIX = "Replace with “Live”"
_WIDTH, _HEIGHT = 980, 424
_LEFT, _RIGHT, _TOP, _PANE = 8, 424, 8, 396
_MARKED = re.compile(r"\[[^\]\n]*\](?!\()|RUN-XXX|Draft \| Live \| Retired|\(optional\)|\[ \]")


def idea() -> str:
    """The picture."""
    found = spec_lsp.check(DOCUMENT, spec_lsp.infer(TEMPLATE))
    parts = [
        head(_WIDTH, _HEIGHT, TITLE),
        window(_LEFT, _TOP, _PANE, _HEIGHT - 16, "runbook.md: your template"),
        *_lines(_LEFT, TEMPLATE, _template_line),
        window(_RIGHT, _TOP, _WIDTH - _RIGHT - 8, _HEIGHT - 16, "RUN-001-checkout.md: a document"),
        *_lines(_RIGHT, DOCUMENT, _plain_line),
        *(_underline(each) for each in found),
        *_messages(found),
    ]
    return "\n".join(filter(None, parts)) + "\n</svg>\n"


def _lines(left: float, body: str, draw: Callable[[float, float, str], str]) -> list[str]:
    return [draw(left + 16, _y(number), line) for number, line in enumerate(body.splitlines(), 1)]


def _plain_line(x: float, y: float, line: str) -> str:
    return text(x, y, line, "cyan" if line.startswith("#") else "ink")


def _template_line(x: float, y: float, line: str) -> str:
    """A line with its notation in another colour."""
    parts, at = [], 0
    for match in _MARKED.finditer(line):
        parts.append(_plain_line(x + at * COLUMN, y, line[at : match.start()]))
        parts.append(text(x + match.start() * COLUMN, y, match[0], "yellow"))
        at = match.end()
    parts.append(text(x + at * COLUMN, y, line[at:], "cyan" if line.startswith("#") else "ink"))
    return "".join(parts)


def _underline(problem: spec_lsp.Problem) -> str:
    """A wave below the text of a problem."""
    x = _RIGHT + 16 + (problem.column - 1) * COLUMN
    line = DOCUMENT.splitlines()[problem.line - 1][problem.column - 1 :]
    shown = re.match(r"\[[^\]]*\]|.*", line)
    waves = round(len(shown[0] if shown else "") * COLUMN / 6)
    path = f"M{x:.1f} {_y(problem.line) + 5:g}" + "q1.5 -3 3 0t3 0" * waves
    return f'<path d="{path}" fill="none" stroke="{COLOURS[_colour(problem)]}" stroke-width="1.4"/>'


def _messages(found: list[spec_lsp.Problem]) -> list[str]:
    """The list of problems below the document, and the fix of the first wrong value."""
    x, y = _RIGHT + 16, _y(12) - 8
    parts = [
        f'<path d="M{_RIGHT:g} {y - 24:g}h{_WIDTH - _RIGHT - 8:g}" stroke="{EDGE}"/>',
        text(x, y, "Problems", "faint"),
    ]
    for number, each in enumerate(found, 1):
        at = y + number * LINE
        parts.append(
            f'<circle cx="{x + 5:g}" cy="{at - 5:g}" r="4" fill="{COLOURS[_colour(each)]}"/>'
        )
        said = f"{each.line}: {each.message}"
        parts.append(text(x + 18, at, said))
        parts.append(text(x + 18 + (len(said) + 1) * COLUMN, at, each.code, "faint"))
    return [*parts, _fix(x, y + (len(found) + 1) * LINE)]


def _fix(x: float, y: float) -> str:
    width = (len(_FIX) + 8) * COLUMN
    return (
        f'<rect x="{x:g}" y="{y - 2:g}" width="{width:g}" height="28" rx="6" fill="{BAR}"'
        f' stroke="{COLOURS["yellow"]}"/>'
        + text(x + 12, y + 17, "Fix:", "yellow")
        + text(x + 12 + 5 * COLUMN, y + 17, _FIX)
    )


def _colour(problem: spec_lsp.Problem) -> str:
    return {"error": "red", "warning": "yellow"}.get(problem.level, "cyan")


def _y(line: int) -> float:
    return _TOP + 38 + line * LINE
