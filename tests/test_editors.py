"""The plugin for Neovim, in a Neovim without a screen; `make editors` tests the other editors."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKS = ROOT / "editors" / "tests" / "nvim" / "check.sh"


@pytest.mark.skipif(not shutil.which("nvim"), reason="there is no nvim here")
@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_the_plugin_keeps_its_promises_in_neovim(tmp_path: Path) -> None:
    server = tmp_path / "spec-lsp"
    server.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m spec_lsp "$@"\n')
    server.chmod(0o755)
    environment = os.environ | {"SPEC_LSP": str(server)}
    result = subprocess.run(
        [CHECKS], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "passed, 0 failed" in result.stdout
