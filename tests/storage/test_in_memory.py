"""Databases that are read and written whole, as in WebAssembly, where locks have no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec_lsp.storage import node
from spec_lsp.storage.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(node, "IS_HERE", True)
    (tmp_path / "cache").mkdir(mode=0o700)
    return Store(tmp_path / "cache" / f"{'0' * 20}-3-3.14-wasm.sqlite")


def test_what_is_kept_is_found_again(store: Store) -> None:
    assert store.failure() == ""
    store.keep_fact("report", "1", b"first")
    store.keep_fact("report", "2", b"second")
    assert store.fact("report:1") is None
    assert store.fact("report:2") == b"second"


def test_reading_writes_nothing(store: Store) -> None:
    store.keep_fact("report", "1", b"first")
    assert store.file
    before = store.file.stat().st_ino
    assert store.fact("report:1") == b"first"
    assert store.file.stat().st_ino == before


def test_a_file_that_is_cut_off_is_replaced(store: Store) -> None:
    store.keep_fact("report", "1", b"first")
    assert store.file
    store.file.write_bytes(store.file.read_bytes()[:5_000])
    assert store.fact("report:1") is None
    store.keep_fact("report", "2", b"second")
    assert store.fact("report:2") == b"second"
