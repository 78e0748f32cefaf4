"""A baseline: findings that a team knows of and does not want to hear about, until they are gone.

A finding is known by its file, its rule, what it says and the text of its line, so it stays known
when lines move. A baseline may only shrink: what is mended is taken out, and nothing is added.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spec_lsp.rules.engine.model import Diagnostic

VERSION = 1
LineOf = Callable[[Diagnostic], str]

_COUNT = re.compile(r"(?<![\w.-])\d+(?![\w.-])")
_LONGEST_LINE = 200


class BaselineError(ValueError):
    """A text that is no baseline of this version, with a sentence that says why."""


class Fingerprint(NamedTuple):
    """What a finding is known by."""

    path: str
    rule: str
    message: str
    line: str


@dataclass(frozen=True)
class Baseline:
    """Known findings, and how often each is there."""

    counts: Mapping[Fingerprint, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many findings are known."""
        return sum(self.counts.values())


class Applied(NamedTuple):
    """The findings that are new, those that are known, and how many known ones are gone."""

    kept: list[Diagnostic]
    known: list[Diagnostic]
    gone: int


def baseline_of(diagnostics: Iterable[Diagnostic], line_of: LineOf) -> Baseline:
    """All findings of today; `line_of` tells the text of the line on which one begins."""
    return Baseline(Counter(_fingerprint(each, line_of(each)) for each in diagnostics))


def apply(baseline: Baseline, diagnostics: Iterable[Diagnostic], line_of: LineOf) -> Applied:
    """What is left to report; of findings that look the same, as many as known are silent."""
    left = Counter(baseline.counts)
    kept: list[Diagnostic] = []
    known: list[Diagnostic] = []
    for each in diagnostics:
        fingerprint = _fingerprint(each, line_of(each))
        if left[fingerprint]:
            left[fingerprint] -= 1
            known.append(each)
        else:
            kept.append(each)
    return Applied(kept, known, left.total())


def shrunk(baseline: Baseline, diagnostics: Iterable[Diagnostic], line_of: LineOf) -> Baseline:
    """The baseline without what has been mended since; nothing new ever enters."""
    today = Counter(baseline_of(diagnostics, line_of).counts)
    return Baseline(Counter(baseline.counts) & today)


def write(baseline: Baseline) -> str:
    """A baseline as a text that is easy to read and to compare."""
    files: dict[str, list[dict[str, str | int]]] = {}
    for each, count in sorted(baseline.counts.items()):
        found: dict[str, str | int] = {"rule": each.rule, "message": each.message}
        found |= {"line": each.line} | ({"count": count} if count > 1 else {})
        files.setdefault(each.path, []).append(found)
    return json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Baseline:
    """The baseline in a text; a `BaselineError` says what is wrong with any other text."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"this is no JSON: {error}") from None
    version = data.get("version") if isinstance(data, dict) else None
    if version is None:
        raise BaselineError("this is no baseline: it names no version")
    if version != VERSION:
        raise BaselineError(
            f"this baseline has version {version}, and version {VERSION} is understood here;"
            " write it anew"
        )
    try:
        return Baseline(dict(_entries(data)))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BaselineError("this baseline is damaged; write it anew") from None


def _entries(data: dict[str, Any]) -> Iterable[tuple[Fingerprint, int]]:
    for path, found in data["files"].items():
        for each in found:
            texts = (str(each[key]) for key in ("rule", "message", "line"))
            yield Fingerprint(path, *texts), int(each.get("count", 1))


def _fingerprint(diagnostic: Diagnostic, line: str) -> Fingerprint:
    """Counts in a message, such as open tasks, may change without making a new finding."""
    message = _COUNT.sub("#", " ".join(diagnostic.message.split()))
    text = " ".join(line.split())[:_LONGEST_LINE]
    return Fingerprint(diagnostic.path, diagnostic.code, message, text)
