"""A cache is valid only for the same program, wherever that is installed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import spec_lsp
from spec_lsp.storage import cache_key
from spec_lsp.workspace.settings import Settings
from tests.storage.trees import grow

FILES = {"spec_lsp/__init__.py": "", "spec_lsp/rules/dependencies.py": "FINAL = True\n"}
RECORD = {"spec_lsp-1.2.3.dist-info/RECORD": "spec_lsp/__init__.py,sha256=47DEQpj8,0\n"}

Sign = Callable[[Path], str]


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sign]:
    """The signature of a program that lies in a folder."""

    def sign(folder: Path) -> str:
        monkeypatch.setattr(spec_lsp, "__file__", str(folder / "spec_lsp/__init__.py"))
        cache_key.program.cache_clear()
        return cache_key.signature_of(Settings())

    yield sign
    monkeypatch.undo()
    cache_key.program.cache_clear()


def test_a_program_that_is_worked_on_is_another_one_after_each_change(
    tmp_path: Path, signed: Sign
) -> None:
    home = grow(tmp_path, FILES)
    before = signed(home)
    assert signed(home) == before
    os.utime(home / "spec_lsp/rules/dependencies.py", (0, 0))
    assert signed(home) != before


def test_an_installed_program_is_the_same_on_every_machine(tmp_path: Path, signed: Sign) -> None:
    one = grow(tmp_path / "one", FILES | RECORD)
    other = grow(tmp_path / "other", FILES | RECORD)
    os.utime(other / "spec_lsp/rules/dependencies.py", (0, 0))
    assert signed(one) == signed(other)
    grow(other, {name: text.replace("47DE", "9bXZ") for name, text in RECORD.items()})
    assert signed(one) != signed(other)
