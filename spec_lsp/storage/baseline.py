"""The baseline of a workspace: read from its file, and written so that it only ever shrinks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spec_lsp.rules.engine import baseline
from spec_lsp.rules.engine.baseline import Applied, Baseline, BaselineError, Fingerprint, LineOf
from spec_lsp.rules.engine.model import Diagnostic
from spec_lsp.storage.files import Reading
from spec_lsp.storage.write import replace_text

FILE_NAME = "spec-lsp-baseline.json"

# The known findings by the path of their file: most files have none.
Known = dict[str, Baseline]


def understood(reading: Reading) -> Known:
    """What a baseline file says; a `BaselineError` tells what is wrong with it."""
    if reading.text is None:
        raise BaselineError(f"it cannot be read: {reading.reason}")
    return by_path(baseline.read(reading.text))


def by_path(whole: Baseline) -> Known:
    """A baseline divided by files, so that each file is judged by its own part."""
    found: dict[str, dict[Fingerprint, int]] = {}
    for fingerprint, count in whole.counts.items():
        found.setdefault(fingerprint.path, {})[fingerprint] = count
    return {path: Baseline(counts) for path, counts in found.items()}


def news(
    known: Known, paths: Iterable[str], diagnostics: Iterable[Diagnostic], line_of: LineOf
) -> Applied:
    """What some files have to say that is not known; paths without findings may have had some."""
    by_file: dict[str, list[Diagnostic]] = {path: [] for path in paths if path in known}
    for diagnostic in diagnostics:
        by_file.setdefault(diagnostic.path, []).append(diagnostic)
    parts = [
        baseline.apply(known.get(path, Baseline()), found, line_of)
        for path, found in by_file.items()
    ]
    return Applied(
        [diagnostic for part in parts for diagnostic in part.kept],
        sum(part.known for part in parts),
        sum(part.fixed for part in parts),
    )


def write(
    folder: Path, path: str, known: Known | None, diagnostics: Iterable[Diagnostic], line_of: LineOf
) -> Known:
    """Write a baseline: all findings for a first one, what is left of them for a later one."""
    if known is None:
        new = baseline.baseline_of(diagnostics, line_of)
    else:
        counts = {key: count for part in known.values() for key, count in part.counts.items()}
        new = baseline.shrunk(Baseline(counts), diagnostics, line_of)
    replace_text(folder, path, baseline.write(new))
    return by_path(new)
