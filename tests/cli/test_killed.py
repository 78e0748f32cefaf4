"""A process that is killed while it writes leaves each file with its old text or its new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_writing import FILES, TOP

ONE, TWO, TEN = "NOTE-001.md", "docs/NOTE-002.md", "NOTE-010.md"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")


def test_fixing(tmp_path: Path) -> None:
    left = killed(tmp_path, "check", "--fix")
    new = {path: left[-1][path] for path in (ONE, TWO)}
    for files in left:
        assert all(files[path] in (FILES[path], new[path]) for path in new)
    assert len(left) > 8


def test_renaming(tmp_path: Path) -> None:
    left = killed(tmp_path, "rename", "NOTE-001", "NOTE-010")
    new = left[-1]
    assert ONE not in new
    for files in left:
        assert files[TWO] in (FILES[TWO], new[TWO])
        found = [files[path] for path in (ONE, TEN) if path in files]
        assert found
        assert all(text in (FILES[ONE], new[TEN]) for text in found)
    assert len(left) > 8


def test_creating(tmp_path: Path) -> None:
    path = "a/NOTE-003.md"
    left = killed(tmp_path, "new", "note", "Three", "--dir", "a")
    assert {files.get(path) for files in left} == {None, left[-1][path]}


def killed(tmp_path: Path, *command: str) -> list[dict[str, str]]:
    """What killed processes leave, one for each step; all earlier files still exist."""
    folder = tmp_path / "whole"
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    result = subprocess.run(
        [sys.executable, "-m", "tests.cli.killed", str(folder), *command],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(TOP), "SPEC_LSP_CACHE": "off"},
    )
    left: list[dict[str, str]] = json.loads(result.stdout)
    return left
