"""Baseline: known findings that are hidden until they are fixed.

A finding is matched by path, rule, message and the text of its line, so it stays known when lines
move. Files of version 1, which contain the old messages, are matched without the message. A
baseline may only shrink: fixed findings are removed, and new ones are never added.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spec_lsp.rules.engine.model import Diagnostic

# The file that is read if the configuration names none.
USUAL_BASELINE = "spec-lsp-baseline.json"
VERSION = 2
_WITHOUT_MESSAGES = 1  # all messages were reworded after this version
LineOf = Callable[[Diagnostic], str]

_COUNT = re.compile(r"(?<![\w.-])\d+(?![\w.-])")
_LONGEST_LINE = 200


class BaselineError(ValueError):
    """A text that is not a readable baseline; the message says why."""


class Fingerprint(NamedTuple):
    """The fields by which a finding is matched; `message` is empty in baselines of version 1."""

    path: str
    rule: str
    message: str
    line: str


@dataclass(frozen=True)
class Baseline:
    """Known findings with their counts; `is_old` if the file has version 1."""

    counts: Mapping[Fingerprint, int] = field(default_factory=dict)
    is_old: bool = False

    def __len__(self) -> int:
        """Number of known findings."""
        return sum(self.counts.values())


class Applied(NamedTuple):
    """New findings, known findings, and how many entries no longer occur."""

    kept: list[Diagnostic]
    known: list[Diagnostic]
    gone: int


def baseline_of(diagnostics: Iterable[Diagnostic], line_of: LineOf) -> Baseline:
    """Baseline of all findings; `line_of` returns the line on which a finding begins."""
    return Baseline(Counter(_fingerprint(each, line_of(each)) for each in diagnostics))


def apply(baseline: Baseline, diagnostics: Iterable[Diagnostic], line_of: LineOf) -> Applied:
    """Split findings into new and known ones; each entry hides as many as its count."""
    left = Counter(baseline.counts)
    kept: list[Diagnostic] = []
    known: list[Diagnostic] = []
    for each in diagnostics:
        fingerprint = _fingerprint(each, line_of(each))
        if baseline.is_old:
            fingerprint = fingerprint._replace(message="")
        if left[fingerprint]:
            left[fingerprint] -= 1
            known.append(each)
        else:
            kept.append(each)
    return Applied(kept, known, left.total())


def shrunk(baseline: Baseline, diagnostics: Iterable[Diagnostic], line_of: LineOf) -> Baseline:
    """Remove findings that no longer occur, and add the current messages to a version 1 file."""
    return baseline_of(apply(baseline, diagnostics, line_of).known, line_of)


def write(baseline: Baseline) -> str:
    """Write a baseline as indented, sorted JSON, for readable diffs."""
    files: dict[str, list[dict[str, str | int]]] = {}
    for each, count in sorted(baseline.counts.items()):
        found: dict[str, str | int] = {"rule": each.rule, "message": each.message}
        found |= {"line": each.line} | ({"count": count} if count > 1 else {})
        files.setdefault(each.path, []).append(found)
    return json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Baseline:
    """Read a baseline of this version or of version 1; raise `BaselineError` for other texts."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"not valid JSON: {error}") from None
    version = data.get("version") if isinstance(data, dict) else None
    if version is None:
        raise BaselineError("not a baseline: `version` is missing")
    if version not in (_WITHOUT_MESSAGES, VERSION):
        raise BaselineError(f"baseline version {version} is not supported; update spec-lsp")
    is_old = version == _WITHOUT_MESSAGES
    counts: Counter[Fingerprint] = Counter()
    try:
        for fingerprint, count in _entries(data):
            counts[fingerprint._replace(message="") if is_old else fingerprint] += count
    except (AttributeError, KeyError, TypeError, ValueError):
        hint = "delete it and run `spec-lsp check --write-baseline`"
        raise BaselineError(f"this baseline is damaged; {hint}") from None
    return Baseline(counts, is_old)


def _entries(data: dict[str, Any]) -> Iterable[tuple[Fingerprint, int]]:
    for path, found in data["files"].items():
        for each in found:
            texts = (str(each[key]) for key in ("rule", "message", "line"))
            yield Fingerprint(path, *texts), int(each.get("count", 1))


def _fingerprint(diagnostic: Diagnostic, line: str) -> Fingerprint:
    """Ignore numbers in messages: another count of open tasks is not a new finding."""
    message = _COUNT.sub("#", " ".join(diagnostic.message.split()))
    text = " ".join(line.split())[:_LONGEST_LINE]
    return Fingerprint(diagnostic.path, diagnostic.code, message, text)
