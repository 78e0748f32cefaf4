"""The page of the API is a test: every example of `docs/api.md` is run."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import spec_lsp

_ROOT = Path(__file__).parents[1]


def test_the_examples_of_the_page_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_ROOT)
    page = str(_ROOT / "docs" / "api.md")
    found = doctest.testfile(page, module_relative=False, encoding="utf-8")
    assert found.attempted
    assert not found.failed


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        spec_lsp.chek  # type: ignore[attr-defined]  # noqa: B018


def test_a_problem_is_a_line() -> None:
    (problem,) = spec_lsp.check("# A\n\n**Status**: Finl\n", "# [T]\n\n**Status**: Draft | Final\n")
    assert str(problem).startswith("document.md:3:13: error invalid-value: ")


def test_the_api_imports_no_protocol_and_no_command_line() -> None:
    probe = "import sys, spec_lsp; spec_lsp.parse(''); print([*sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert not {"pygls", "lsprotocol", "typer", "rich"} & set(eval(result.stdout))  # noqa: S307
