"""Patterns of a family file: globs with alternatives and captures, such as `specs/{number:3}-*`.

`*` is any text in a name, `**/` any folders, `/**` everything below, and `{a,b}` one of several.
`{number:3}` is a number of at least three digits, `{date}` and `{time}` are digits, `{slug}` and
`{id}` any name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

_TOKEN = re.compile(r"\*\*/?|\*|\?|\{(?P<name>[a-z]+)(?::(?P<digits>[1-9]))?\}")
_ALTERNATIVES = re.compile(r"\{([^{},]*,[^{}]*+)\}")
_ANY_FOLDERS = r"(?:[^/]+/)*?"
_CAPTURES = {
    "date": r"\d{4}-?\d{2}-?\d{2}",
    "time": r"\d{4}(?:\d{2})?",
    "slug": "[^/]+",
    "id": "[^/]+",
}
_MOST_ALTERNATIVES = 64


class Pattern(NamedTuple):
    """A pattern without alternatives.

    `literal` is the text before the first wildcard, `needle` the longest literal text: paths
    without them cannot match. `weight` is greater for a more specific pattern. A pattern that
    begins with `{unit}/` applies to the rest of a path, below its unit.
    """

    glob: str
    literal: str
    needle: str
    weight: int
    expression: re.Pattern[str]
    is_below_unit: bool = False

    def matches(self, path: str) -> bool:
        """Whether a whole path follows the pattern."""
        may_match = path.startswith(self.literal) and self.needle in path
        return may_match and self.expression.fullmatch(path) is not None

    def start(self, path: str) -> str:
        """The folder of a path that follows the pattern; empty if there is none."""
        if not (path.startswith(self.literal) and self.needle in path):
            return ""
        match = self.expression.match(path)
        return match[0] if match and path[match.end() : match.end() + 1] == "/" else ""


def is_wild(text: str) -> bool:
    """Whether a text is a pattern, not a plain path."""
    return any(char in text for char in "*?{")


def fault_of(text: str, folders: Collection[str] = ()) -> str:
    """What is wrong with a pattern; empty if nothing is. `folders` are those that a tool names."""
    for name in re.findall(r"\{([a-z]+)(?::[^{},]*)?\}", text):
        if name not in (*_CAPTURES, "number", "unit", *folders):
            return f"contains the unknown part {{{name}}}"
    if text.startswith(("/", "../")) or "\\" in text:
        return "must be a path below the family's folder"
    return "" if text.strip("/") else "must not be empty"


@lru_cache(maxsize=1024)  # The text alone determines the result, so nothing invalidates it.
def patterns(text: str) -> tuple[Pattern, ...]:
    """The patterns that a text with alternatives means."""
    return tuple(map(_pattern, _expanded(text)))


def _expanded(text: str) -> list[str]:
    parts = _ALTERNATIVES.split(text)
    choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
    found: list[str] = []
    for chosen in product(*choices):
        if len(found) == _MOST_ALTERNATIVES:
            break
        found.append("".join(chosen))
    return found


def _pattern(glob: str) -> Pattern:
    is_below_unit = glob.startswith("{unit}/")
    glob = glob.removeprefix("{unit}/").removeprefix("./")
    literals = _TOKEN.sub("\0", glob).split("\0")
    expression = re.compile(_expression(glob))
    weight = sum(map(len, literals))
    needle = max(literals, key=len)
    return Pattern(glob, literals[0], needle, weight, expression, is_below_unit)


def _expression(glob: str) -> str:
    """The expression of a glob; atomic groups keep its work linear.

    What follows any folders matches at the first place where it can: later places cannot match more
    up to the next `**/`. The same holds for stars within a name.
    """
    first, *others = glob.split("**/")
    if not others:
        return _names(first)
    inner = "".join(f"(?>{_ANY_FOLDERS}{_names(each)})" for each in others[:-1])
    return f"{_names(first)}{inner}{_ANY_FOLDERS}{_names(others[-1])}"


def _names(glob: str) -> str:
    return "/".join(map(_name, glob.split("/")))


def _name(glob: str) -> str:
    """The expression of one name, with any number of stars."""
    found, at = [""], 0
    for token in _TOKEN.finditer(glob):
        found[-1] += re.escape(glob[at : token.start()])
        at = token.end()
        if _is_open(token):
            found.append("")
        found[-1] += _one(token)
    found[-1] += re.escape(glob[at:])
    head, *stars = found
    lazy = "".join(f"(?>{_lazy(each)})" for each in stars[:-1])
    return head + lazy + (stars[-1] if stars else "")


def _is_open(token: re.Match[str]) -> bool:
    """Whether a token stands for text of any length."""
    return token[0] in ("*", "**") or token["name"] in ("slug", "id")


def _one(token: re.Match[str]) -> str:
    if token["name"] == "number":
        return rf"(?>\d{{{token['digits'] or 1},}}(?:\.\d+)*)"
    if token["name"]:
        return _CAPTURES.get(token["name"], "[^/]+")
    return {"*": "[^/]*", "**": ".+"}.get(token[0], "[^/]")


def _lazy(star: str) -> str:
    repeat = re.match(r"\[\^/\][*+]|\.\+", star)
    return f"{star[: repeat.end()]}?{star[repeat.end() :]}" if repeat else star
