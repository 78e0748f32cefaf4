"""Whether the npm package reports what Python does, byte for byte, in the folders that are named.

`.venv/bin/python -m tests.packaging.parity FOLDER…`, after `make npm`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.packaging.steps import TOP

NATIVE = (sys.executable, "-m", "spec_lsp")
PACKAGE = ("node", str(TOP / "build" / "npm" / "package" / "bin" / "spec-lsp.mjs"))


def report(program: tuple[str, ...], folder: Path) -> bytes:
    """What a program writes about a folder, read without a cache."""
    environment = {**os.environ, "PYTHONPATH": str(TOP), "SPEC_LSP_CACHE": "off"}
    command = (*program, "check", "--format", "json")
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if ran.returncode > 1:
        raise RuntimeError(f"{folder}: {ran.stderr.decode()}")
    return ran.stdout


def main() -> int:
    """Compare folder by folder; return whether one differs."""
    different = 0
    for folder in map(Path, sys.argv[1:]):
        native, package = report(NATIVE, folder), report(PACKAGE, folder)
        files, found = len([*folder.rglob("*.md")]), len(json.loads(native)["diagnostics"])
        different += native != package
        result = "equal" if native == package else "DIFFERENT"
        print(f"{folder.name}: {result}, {files} files, {found} problems", flush=True)  # noqa: T201
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
