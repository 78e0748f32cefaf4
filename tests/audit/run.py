"""Run `init` and `check` in a copy of a repository, as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import spec_lsp
from tests.audit.finding import LEVELS, Finding, Place
from tests.audit.repository import copy_into

_AROUND = 2  # lines shown before and after a finding
_LONGEST_RUN = 900.0  # seconds


@dataclass(frozen=True)
class Audited:
    """What `init` and `check` said in one repository; `failure` is why they could not run."""

    name: str
    init: str = ""
    files: int = 0
    documents: int = 0
    hints: int = 0
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()
    failure: str = ""

    @property
    def is_lawful(self) -> bool:
        """Whether what `init` wrote is valid, and so are the templates that it names."""
        invalid = ("invalid-config", "invalid-template")
        return not any(finding.rule in invalid for finding in self.findings)


def audit(folder: Path) -> Audited:
    """Run both commands in a copy of a repository."""
    folder = folder.resolve()
    with tempfile.TemporaryDirectory(prefix="audit-") as place:
        copy = Path(place).resolve() / folder.name
        copy_into(folder, copy)
        return _audit(copy, folder.name)


def _audit(copy: Path, name: str) -> Audited:
    init = _run(copy, "init")
    if init.returncode:
        return Audited(name, failure=init.stderr.strip())
    start = time.monotonic()
    try:
        check = _run(copy, "check", "--format", "json")
    except subprocess.TimeoutExpired as error:
        return Audited(name, init.stdout, failure=f"check took more than {error.timeout:.0f} s")
    seconds = time.monotonic() - start
    try:
        report = json.loads(check.stdout)
    except ValueError:
        return Audited(name, init.stdout, failure=check.stderr.strip()[-2000:])
    summary = report["summary"]
    return Audited(
        name,
        init.stdout,
        files=summary["files"],
        documents=summary["documents"],
        hints=summary["hints"],
        seconds=seconds,
        findings=tuple(_findings(report["diagnostics"], copy, name)),
    )


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Without -P, a module of the repository could take the place of one of Python's.
    return subprocess.run(
        [sys.executable, "-P", "-m", "spec_lsp", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1]),
            "PYTHONUTF8": "1",
            "SPEC_LSP_CACHE": "off",
            "NO_COLOR": "1",
            "COLUMNS": "100",
        },
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=_LONGEST_RUN,
    )


def _findings(diagnostics: list[dict[str, Any]], copy: Path, name: str) -> Iterator[Finding]:
    lines_of = cache(lambda path: _lines(copy / path))
    for each in diagnostics:
        if each["severity"] not in LEVELS:
            continue
        at = each["range"]["start"]["line"]
        lines = lines_of(each["path"])
        yield Finding(
            name,
            each["rule"],
            each["severity"],
            Place(each["path"], at, each["message"], _line(lines, at)),
            tuple(
                (number, _line(lines, number))
                for number in range(max(1, at - _AROUND), min(len(lines), at + _AROUND) + 1)
            ),
            tuple(_note(note, lines_of(note["path"])) for note in each["related"]),
        )


def _note(related: dict[str, Any], lines: list[str]) -> Place:
    at = related["range"]["start"]["line"]
    return Place(related["path"], at, related["message"], _line(lines, at))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""
