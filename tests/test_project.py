"""Promises of the package as a whole."""

import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import spec_lsp

ROOT = Path(__file__).parents[1]


def test_the_installed_version_is_the_one_in_the_source() -> None:
    assert metadata.version("spec-lsp") == spec_lsp.__version__


def test_importing_the_package_imports_nothing_else() -> None:
    """A start pays only for what it uses, so the package itself must cost nothing."""
    probe = "import sys; before = {*sys.modules}; import spec_lsp; print({*sys.modules} - before)"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "{'spec_lsp'}"


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_the_demo_installs_only_what_running_needs(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    said = subprocess.run(
        ["make", "--dry-run", "demo"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    installs = [line for line in said.splitlines() if "pip" in line and " install " in line]
    assert len(installs) == 1
    assert "--constraint requirements.txt --requirement .venv/runs.txt" in installs[0]
    assert said.index(" install ") < said.index("template list")
