"""How names are made: `0012-use-sqlite` is `{number:4}-{slug}`, `2-1-lend` `{group}-{number}-…`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spec_lsp.template.notation.id_patterns import IdPattern

_DATE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?!\d)|(?P<day>(?:19|20)\d{6})(?:-\d{6})?(?!\d)")
_NUMBER = re.compile(r"(?P<word>[A-Za-z]{1,12}[-_ ]?)?(?P<number>\d{1,6})(?=[-_. ]|$)")
_GROUPED = re.compile(r"\d{1,3}(?P<joint>[-.])\d{1,3}(?=[-.][^\W\d])")
_LAST_DAY = re.compile(r"([-_])(?:19|20)\d{6}$")
_MOST_PARTS = 3
_LONGEST = 255  # characters of a file name
_WIDTH = re.compile(r"(?<=number):\d")
_SEPARATOR = re.compile(r" - |[-_. ]|")
_PART = re.compile(r"\\\{(?P<name>\w+)\\\}")
_PARTS = {"number": r"\d+", "slug": ".+", "date": r"\d{4}-\d\d-\d\d", "day": r"\d{8}"}


def shape_of(names: Sequence[str], pattern: IdPattern | None, usual: str = "") -> str:
    """The shape of most names; of several, the usual one, else that of the last name."""
    shapes = [_shape(name, pattern) for name in names]
    counts = Counter(shapes)
    usual = _WIDTH.sub("", usual)
    best = max(reversed(shapes), key=lambda each: (counts[each], each == usual))
    numbers = [number["number"] for name in names if (number := _NUMBER.match(name))]
    width = max(map(len, numbers), default=1)
    is_padded = any(number.startswith("0") for number in numbers)
    return best.replace("{number}", f"{{number:{width}}}") if is_padded else best


def is_shaped(name: str, shape: str, pattern: IdPattern | None) -> bool:
    """Whether a name has a shape that says more than that there is a title."""
    if shape == "{slug}" or shape.count("{") > _MOST_PARTS:
        return False
    prefix = re.escape(pattern.prefix) if pattern else ""
    own = rf"{prefix}\d+" if pattern and (prefix or pattern.digits) else r"[^\W\d]\w*"
    parts = {**_PARTS, "id": own}
    expression = _PART.sub(lambda each: parts.get(each["name"], ".+"), re.escape(shape))
    return len(name) <= _LONGEST and bool(re.fullmatch(expression, name))


def has_lead(name: str, pattern: IdPattern | None) -> bool:
    """Whether a name begins with an ID, a date or a number."""
    return bool(_lead(name, pattern)[0])


def _shape(name: str, pattern: IdPattern | None) -> str:
    lead, end = _lead(name, pattern)
    if not lead:
        dated = _LAST_DAY.search(name)
        return f"{_slug(name[: dated.start()])}{dated[1]}{{day}}" if dated else _slug(name)
    separator = _SEPARATOR.match(name, end)
    rest = name[separator.end() :] if separator else ""
    return f"{lead}{separator[0]}{_slug(rest)}" if separator and rest else lead


def _lead(name: str, pattern: IdPattern | None) -> tuple[str, int]:
    """What a name begins with: an ID, a date or a number; and where it ends."""
    if pattern and pattern.prefix:
        stem = re.escape(pattern.prefix.rstrip("-_"))
        own = re.match(rf"(?P<prefix>{stem}[-_ ]?)\d{{1,9}}(?=[-_. ]|$)", name, re.IGNORECASE)
        if own:
            is_same = own["prefix"] == pattern.prefix
            return "{id}" if is_same else f"{own['prefix']}{{number}}", own.end()
    if dated := _DATE.match(name):
        return "{date}" if dated["date"] else "{day}", dated.end()
    if grouped := _GROUPED.match(name):
        return f"{{group}}{grouped['joint']}{{number}}", grouped.end()
    number = _NUMBER.match(name)
    return (f"{number['word'] or ''}{{number}}", number.end()) if number else ("", 0)


def _slug(words: str) -> str:
    """The part for the title, in the style of some words: `{slug:A_}` is `In_Capitals`."""
    joints = Counter(char for char in words if char in "-_ ")
    joint = joints.most_common(1)[0][0] if joints else "-"
    first = next((char for char in words if char.isalpha()), "")
    style = f"{'A' if first.isupper() else ''}{joint}"
    return "{slug}" if style == "-" else f"{{slug:{style}}}"
