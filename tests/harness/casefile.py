"""Markdown files of tests: headings name the cases, fences are the files of a small workspace.

A fence's info string says what it is, then how it is called, then what is special about it:

- `template [PATH]`, `markdown [PATH]`, `file PATH`, `toml`: what the workspace holds;
- `template_at_creation`: the template as it stood when the document was made;
- `fixed [PATH] ["TITLE"]`: what a file becomes when the fixes with that title are applied,
  or the first fix of every finding;
- `safe` after `fixed` applies safe fixes only, `crlf` turns line feeds into CR LF.

Templates and configuration under a heading hold for all cases below it.
Text between fences explains, and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.carets import shows_findings

_OPEN = re.compile(r"(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_HEADING = re.compile(r"(?P<marks>#{1,6}) +(?P<title>.+)$")
_WORD = re.compile(r'"(?P<title>[^"]*)"|(?P<word>\S+)')
_FLAGS = ("safe", "crlf")
_INHERITED = ("template", "toml")


@dataclass(frozen=True)
class Fence:
    """A fence of a test file; `line` is the line of its opening mark, counted from one."""

    kind: str
    text: str
    line: int
    path: str = ""
    title: str = ""
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """A test: its heading, and the fences that belong to it."""

    name: str
    fences: tuple[Fence, ...]
    line: int = 0

    def of(self, *kinds: str) -> list[Fence]:
        """The fences of some kinds."""
        return [fence for fence in self.fences if fence.kind in kinds]


@dataclass
class _Open:
    """A heading whose fences are being gathered."""

    level: int
    title: str
    line: int
    fences: list[Fence] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file."""
    return list(cases_of(path.read_text(encoding="utf-8")))


def cases_of(text: str) -> Iterator[Case]:
    """The cases of a text: every heading that has fences other than inherited ones.

    A template or a configuration that shows what is wrong with it is a case too.
    """
    around: list[_Open] = [_Open(0, "", 0)]
    for piece in _pieces(text):
        if isinstance(piece, Fence):
            around[-1].fences.append(piece)
            continue
        yield from _case(around)
        while around[-1].level >= piece.level:
            around.pop()
        around.append(piece)
    yield from _case(around)


def _case(around: list[_Open]) -> Iterator[Case]:
    last = around[-1]
    if all(fence.kind in _INHERITED and not shows_findings(fence.text) for fence in last.fences):
        return
    own = {fence.kind for fence in last.fences}
    inherited = [
        fence
        for heading in around[:-1]
        for fence in heading.fences
        if fence.kind in _INHERITED and fence.kind not in own
    ]
    yield Case(last.title, (*inherited, *last.fences), last.line)


def _pieces(text: str) -> Iterator[_Open | Fence]:
    """The headings and fences of a text, in order."""
    lines = iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        if opening := _OPEN.match(line):
            body = []
            for _, inner in lines:
                if inner.startswith(opening["mark"]) and not inner.strip(opening["mark"][0] + " "):
                    break
                body.append(f"{inner}\n")
            yield _fence(opening["info"], "".join(body), number)
        elif heading := _HEADING.match(line):
            yield _Open(len(heading["marks"]), heading["title"], number)


def _fence(info: str, text: str, line: int) -> Fence:
    words = list(_WORD.finditer(info))
    titles = [match["title"] for match in words if match["title"] is not None]
    plain = [match["word"] for match in words if match["word"]]
    flags = frozenset(word for word in plain if word in _FLAGS)
    kind, *rest = [word for word in plain if word not in flags] or [""]
    return Fence(kind, text, line, "".join(rest[:1]), "".join(titles[:1]), flags)
