"""A command loads only what it needs: a library that is not loaded costs nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import spec_lsp
from tests.storage.trees import grow

FILES = {
    "spec-lsp.toml": 'builtin = false\n[rules]\n"*" = "off"\n[new.bug]\ndirectory = "bugs"\n',
    ".spec-lsp/templates/bug.md": "# Bug: [Title]\n\n**Status**: Draft | Done\n",
    "one.md": "# Bug: One\n\n**Status**: Draft\n",
}


def loaded(folder: Path, command: str) -> set[str]:
    """The modules that a second run of a command loads."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1]),
        "SPEC_LSP_CACHE": str(folder / "cache"),
    }
    arguments = [sys.executable, "-X", "importtime", "-m", "spec_lsp", *command.split()]
    said = ""
    for _ in range(2):
        said = subprocess.run(
            arguments, cwd=folder, env=environment, capture_output=True, text=True, check=True
        ).stderr
    return set(re.findall(r"^import time:.*\| +(\S+)$", said, re.MULTILINE))


@pytest.mark.parametrize(
    "command", ["check", "check --format json --level info", "list", "new bug Two --dry-run"]
)
def test_no_command_of_every_day_loads_pydantic(tmp_path: Path, command: str) -> None:
    modules = loaded(grow(tmp_path, FILES), command)
    assert "spec_lsp.workspace.config.config" in modules
    assert not {"pydantic", "pydantic_core", "asyncio", "pygls"} & modules


def test_a_command_loads_no_other(tmp_path: Path) -> None:
    modules = loaded(grow(tmp_path, FILES), "list")
    assert "spec_lsp.cli.folders" in modules
    # What `new`, `check` and `explain` import first.
    assert not {"spec_lsp.cli.ask", "spec_lsp.storage.watch", "rich.markdown"} & modules


TEAM = {
    ".spec-lsp/templates/bug.md": "# Bug: [Title]\n\n**Status**: Draft | Done\n",
    # Reading these corrections, or those of a built-in template, loads a library.
    ".spec-lsp/templates/task.md": "---\nspec-lsp:\n  kind: task\n---\n# Task: [Title]\n",
    "one.md": "# Bug: One\n\n**Status**: Draft\n",
    "two.md": "# Task: Two\n",
}


@pytest.mark.parametrize("command", ["check", "list", "list --kind task"])
def test_unchanged_documents_need_no_template(tmp_path: Path, command: str) -> None:
    assert "yaml" not in loaded(grow(tmp_path, TEAM), command)


def test_a_cached_report_needs_no_rule(tmp_path: Path) -> None:
    modules = loaded(grow(tmp_path, TEAM), "check")
    assert "spec_lsp.rules" in modules
    assert not {"spec_lsp.rules.placeholders", "spec_lsp.rules.values"} & modules


def test_a_new_document_needs_no_built_in_template(tmp_path: Path) -> None:
    team = {path: text for path, text in TEAM.items() if "task" not in path}
    assert "yaml" not in loaded(grow(tmp_path, team), "new bug Three --dry-run")
