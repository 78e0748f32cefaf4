"""Read the baseline file of a workspace, and write it so that it only shrinks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spec_lsp.rules.engine import baseline
from spec_lsp.rules.engine.baseline import Baseline, BaselineError, Fingerprint, LineOf
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.storage.files import Reading
from spec_lsp.storage.write import replace_text

# The known findings by the path of their file: most files have none.
Known = dict[str, Baseline]


def understood(reading: Reading) -> Known:
    """Parse a baseline file; a `BaselineError` says what is wrong with it."""
    if reading.text is None:
        raise BaselineError(f"cannot read this file: {reading.reason}")
    return by_path(baseline.read(reading.text))


def by_path(whole: Baseline) -> Known:
    """Split a baseline by file, so that each file is checked against its own part."""
    found: dict[str, dict[Fingerprint, int]] = {}
    for fingerprint, count in whole.counts.items():
        found.setdefault(fingerprint.path, {})[fingerprint] = count
    return {path: Baseline(counts, whole.is_old) for path, counts in found.items()}


def is_old(known: Known) -> bool:
    """Whether known findings come from a version 1 file, which has no current messages."""
    return any(part.is_old for part in known.values())


def write(
    folder: Path, path: str, known: Known | None, diagnostics: Iterable[Diagnostic], line_of: LineOf
) -> Known:
    """Write a baseline: all findings the first time, later only known ones that still occur."""
    if known is None:
        new = baseline.baseline_of(diagnostics, line_of)
    else:
        counts = {key: count for part in known.values() for key, count in part.counts.items()}
        new = baseline.shrunk(Baseline(counts, is_old(known)), diagnostics, line_of)
    replace_text(folder, path, baseline.write(new))
    return by_path(new)
