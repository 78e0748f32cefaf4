"""Two documents, the reports of a folder, and those of a folder without a cache."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder

TODAY = "2026-11-21"

SPEC = """\
# Technical Specification: Log in

**ID**: SPEC-001
**Date**: 2026-11-02
**Status**: Aproved
**Type**: Feature

## Summary

People log in with a key, see BUG-001 and [the other](SPEC-002.md#sumary).
"""

OTHER = """\
# Technical Specification: Log out

**ID**: SPEC-002
**Date**: 2026-11-03
**Status**: Draft
**Type**: Feature

## Summary

The way back of SPEC-001. <!-- spec-lsp: ignore dangling-id --> SPEC-009
"""


# Documents with many references to each other.
PATHS = ("docs/a.md", "docs/b.md", "docs/c.md", "docs/more/d.md")
IDS = st.sampled_from(("SPEC-001", "SPEC-002", "SPEC-003", "FR-1"))
LINKS = st.sampled_from(("a.md", "b.md#summary", "c.md#nowhere", "more/d.md", "../c.md", "more"))
TEXTS = st.tuples(
    st.sampled_from(("One", "Two")),
    IDS,
    st.sampled_from(("Draft", "Approved", "Deprecated")),
    IDS,
    st.sampled_from(("Summary", "Overview")),
    IDS,
    LINKS,
).map(
    """\
# Technical Specification: %s

**ID**: %s
**Status**: %s
**Depends on**: %s

## %s

- **FR-1**: See %s, FR-2 and [it](%s).
""".__mod__
)


def told(project: Folder) -> list[str]:
    """All diagnostics of a folder, with the texts that they are about."""
    return [
        f"{path} {each.code} {each.span.of(project.texts.text(path) or '')}: {each.message}"
        for path in project.documents
        for each in project.diagnose(path, TODAY).shown
    ]


def levels(project: Folder) -> list[str]:
    """The same with levels."""
    return [
        f"{path} {each.level} {each.code}: {each.message}"
        for path in project.documents
        for each in project.diagnose(path, TODAY).shown
    ]


def cold(folder: Path, tell: Callable[[Folder], list[str]] = told) -> list[str]:
    """The diagnostics of an equal folder without a cache."""
    other = folder.with_name("cold")
    shutil.copytree(folder, other, dirs_exist_ok=False)
    try:
        return tell(open_folder(other))
    finally:
        shutil.rmtree(other)


def write(file: Path, text: str) -> None:
    """A file that was written long enough ago for its stamp to be trusted."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    time.sleep(0.025)
