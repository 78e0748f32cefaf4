"""All that a check of a folder says, with and without a cache."""

from __future__ import annotations

import os
from pathlib import Path

from spec_lsp.cli.check.report import FixesShown, RuleSelection, report_on
from spec_lsp.cli.folders import look_at
from spec_lsp.report.formats import as_json
from spec_lsp.storage.store import VARIABLE


def checked(folder: Path, choice: RuleSelection | None = None) -> str:
    """Everything that a check says, fixes included."""
    report = report_on(look_at([folder]), choice or RuleSelection(), FixesShown())
    return f"{as_json.render(report)}\n{report}"


def uncached(folder: Path) -> str:
    """The output of a check without a cache."""
    old = os.environ[VARIABLE]
    os.environ[VARIABLE] = "off"
    try:
        return checked(folder)
    finally:
        os.environ[VARIABLE] = old
