"""The README shows the actual output."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_EXCERPT = re.compile(r"\$ spec-lsp check examples\n(.*?)```", re.DOTALL)


def test_the_findings_in_the_readme_are_those_of_the_example_project() -> None:
    excerpt = _EXCERPT.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert excerpt
    said = subprocess.run(
        [sys.executable, "-m", "spec_lsp", "check", "examples"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    ).stdout
    shown = excerpt[1].strip().split("\n\n")
    assert len(shown) > 2
    for finding in shown:
        assert finding in said
