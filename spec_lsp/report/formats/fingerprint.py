"""Fingerprints for SARIF and GitLab: stable when lines move and when messages are reworded."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spec_lsp.report.model import Issue


def fingerprints(issues: Iterable[Issue]) -> Iterator[str]:
    """Hash path, rule and line text; problems of one rule on equal lines are numbered in order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for issue in issues:
        key = (issue.place.path, issue.code, issue.place.line.strip())
        seen[key] += 1
        yield sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest()
