"""The same workspace made hard: problems, documents that all others mention, long documents.

A third of the documents have one problem each, and all mention the hub, which is the oldest. What
an ID or a link should have been is not obvious: any name of the workspace could be meant.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from benchmarks.corpus.workspace import slug, texts

MANY = "3,000 problems"
# Documents to type in, by name: their size in characters.
HARD = {"10 KB": 10_000, "100 KB": 100_000, "400 KB": 400_000, "2 MB": 2_000_000, MANY: 400_000}
PROBLEMS = 3_000
_ON_A_LINE = 3
# The numbers of IDs that no document has. A document with many problems repeats a few of them:
# where more are missing than there are, they are kept elsewhere, and that is no problem.
_MISSING = range(90_000, 99_999)
_FEW_MISSING = range(90_000, 90_003)
_SHARE = 1 / 3
# Lines of prose and items of lists, up to where a problem can be added.
_LINE = re.compile(r"^(?=[ ]*[-\d>A-Z]).*[a-z](?=\.?$)", re.MULTILINE)
_KINDS = ("BUG", "DEC", "PLAN", "SPEC", "TASK")


def hard_texts(
    documents: int, seed: int, to_type_in: Mapping[str, int] = HARD
) -> Iterator[tuple[str, str]]:
    """The path and the text of every document, the hub first, then those to type in."""
    chance = Random(f"hard {seed}")
    paths: list[str] = []
    for path, text in texts(documents, seed, to_type_in):
        paths.append(path)
        if path.endswith(f"{slug(MANY)}.md"):
            yield path, _with_many(text, path, paths, chance)
        elif len(paths) == 1 or len(paths) > documents:
            yield path, text
        else:
            fault = _fault(path, paths, chance) if chance.random() < _SHARE else ""
            scope = f"{_link(path, paths[0])}#out-of-scope"
            hub = "-".join(posixpath.basename(paths[0]).split("-")[:2])
            yield path, f"{text.rstrip()}\n\nSee {hub} and [its limits]({scope}){fault}.\n"


def _with_many(text: str, path: str, paths: Sequence[str], chance: Random) -> str:
    """The text with some problems at the end of each line, until there are enough."""

    def faulty(line: re.Match[str]) -> str:
        return line[0] + "".join(
            _fault(path, paths, chance, _FEW_MISSING) for _ in range(_ON_A_LINE)
        )

    return _LINE.sub(faulty, text, PROBLEMS // _ON_A_LINE)


def _fault(path: str, paths: Sequence[str], chance: Random, missing: range = _MISSING) -> str:
    """A mention or a link that leads nowhere, as the end of a sentence."""
    link = _link(path, chance.choice(paths))
    return chance.choice(
        (
            f" and {chance.choice(_KINDS)}-{chance.choice(missing)}",
            f" and [this page]({link.replace('-', '--', 1)})",
            f" and [this part]({link}#no-such-part)",
        )
    )


def _link(path: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(path))
