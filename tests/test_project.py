"""Promises of the package as a whole."""

import subprocess
import sys
from importlib import metadata

import spec_lsp


def test_the_installed_version_is_the_one_in_the_source() -> None:
    assert metadata.version("spec-lsp") == spec_lsp.__version__


def test_importing_the_package_imports_nothing_else() -> None:
    """A start pays only for what it uses, so the package itself must cost nothing."""
    probe = "import sys; before = {*sys.modules}; import spec_lsp; print({*sys.modules} - before)"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "{'spec_lsp'}"
