"""A folder with two documents, and a cache of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage.indexing.digest import digest
from spec_lsp.storage.store import VARIABLE
from tests.storage.cached import OTHER, SPEC, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents that were written a while ago."""
    folder = (tmp_path / "project").resolve()
    write(folder / "docs/SPEC-001.md", SPEC)
    write(folder / "docs/SPEC-002.md", OTHER)
    return folder


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are read from the disk."""
    found: list[str] = []

    def noted(document, *rest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        found.append(document.path)
        return digest(document, *rest)

    monkeypatch.setattr("spec_lsp.storage.indexing.indexer.digest", noted)
    return found
