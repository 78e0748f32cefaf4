"""Law 8: the command line and the server give the same findings for the same text."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from spec_lsp.lsp.session import Session
from tests.command import COMMAND
from tests.lsp.talk import read_now


def test_the_command_line_and_the_server_report_the_same(project: Path) -> None:
    notes = "# Notes\n\nSee BUG-404, SPEC-001/FR-9 and [x](nowhere.md).\n"
    (project / "notes.md").write_text(notes, encoding="utf-8")
    (project / "docs/specs/SPEC-002-again.md").write_text(
        (project / "docs/specs/SPEC-002-log-out.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert _server(project) == _command_line(project)
    assert len(_server(project)) > 5


def test_both_hide_the_problems_in_the_baseline(project: Path) -> None:
    (project / "spec-lsp.toml").write_text('baseline = "known.json"\n')
    spec = project / "docs/specs/SPEC-001-log-in.md"
    before = _server(project)
    _check(project, "--write-baseline")
    left = _server(project)
    assert left == _command_line(project)
    assert {level for _, _, level, *_ in left} == {"hint"}  # of drafts

    version_2 = (project / "known.json").read_text(encoding="utf-8")
    version_1 = re.sub(r'"message": ".*"', '"message": "reworded"', version_2)
    version_1 = version_1.replace('"version": 2', '"version": 1')
    (project / "known.json").write_text(version_1, encoding="utf-8")
    assert _server(project) == _command_line(project) == left
    _check(project, "--write-baseline")
    assert (project / "known.json").read_text(encoding="utf-8") == version_2

    text = spec.read_text(encoding="utf-8")
    spec.write_text(f"\n{text}\nSee BUG-404.\n".replace("SPEC-002", "SPEC-404"), encoding="utf-8")
    found = _server(project)
    assert found == _command_line(project)
    assert 0 < len(found) < len(before)


def _command_line(folder: Path) -> list[tuple[object, ...]]:
    found = json.loads(_check(folder, "--format", "json"))["diagnostics"]
    return sorted(
        (
            each["path"],
            each["rule"],
            each["severity"],
            each["message"],
            each["range"]["start"]["line"],
            each["range"]["start"]["column"],
        )
        for each in found
    )


def _check(folder: Path, *options: str) -> bytes:
    arguments = [*COMMAND, "check", *options]
    return subprocess.run(arguments, capture_output=True, check=False, cwd=folder).stdout


def _server(folder: Path) -> list[tuple[object, ...]]:
    session = Session()
    opened = session.add_folder(folder.as_posix())
    read_now(opened)
    found: list[tuple[object, ...]] = []
    for path in opened.paths:
        lines = opened.texts.lines(path)
        for each in session.diagnostics(opened, path):
            line, column = lines.position(each.span.start)
            found.append((path, each.code, each.level, each.message, line + 1, column + 1))
    return sorted(found)
