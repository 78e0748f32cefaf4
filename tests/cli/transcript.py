"""Transcripts: Markdown files that show files, commands and their output.

- A fence whose info string names a path is a file: ```` ```markdown docs/a.md ````.
  Files under a heading are there for all headings below it.
- A `console` fence holds commands after `$`, each followed by what it prints on both channels, and
  by `[exit N]` where it fails. A line `…` stands for any lines.

`SPEC_LSP_UPDATE=1` rewrites the transcripts with the current output.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import spec_lsp
from spec_lsp.__main__ import main
from tests.command import COMMAND, IS_OTHER

UPDATE = bool(os.environ.get("SPEC_LSP_UPDATE"))
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "1773446400",  # 2026-03-14
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada Lovelace",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Lovelace",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "COLUMNS": "100",
    "TERM": "dumb",
    "NO_COLOR": "1",
}
_FENCE = re.compile(r"(?P<mark>`{3,})(?P<info>[^`]*)$")
_ANY = "…"


@dataclass(frozen=True)
class Step:
    """A command and its expected output, with the lines of the output in the transcript."""

    command: str
    output: str
    first: int
    last: int


@dataclass
class Story:
    """A heading with its files and its commands."""

    title: str
    level: int
    files: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def stories(folder: Path) -> list[Any]:
    """The stories of all files in a folder, as parameters of a test."""
    return [
        pytest.param(path, story, id=f"{path.stem}: {story.title}")
        for path in sorted(folder.glob("*.md"))
        for story in read_stories(path)
    ]


def tell(path: Path, story: Story, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Perform a story in a new folder, and compare what is printed, or update its file."""
    enter(folder, monkeypatch)
    go_on(path, story, folder)


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a new folder, with the environment of all transcripts."""
    for name in ("FORCE_COLOR", *(name for name in os.environ if name.startswith("GIT_"))):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    folder.mkdir()
    monkeypatch.chdir(folder)


def go_on(path: Path, story: Story, folder: Path) -> None:
    """Perform a story in a folder as it is, and compare what is printed, or update its file."""
    lay_out(story, folder)
    said = [perform(step, folder) for step in story.steps]
    if UPDATE:
        update(path, story, said)
        return
    for step, text in zip(story.steps, said, strict=True):
        if not agrees(step.output, text):
            assert f"$ {step.command}\n{text}" == f"$ {step.command}\n{step.output}"


def read_stories(path: Path) -> list[Story]:
    """The stories of a file: every heading with commands."""
    around: list[Story] = [Story("", 0)]
    found: list[Story] = []
    for number, line, body in _pieces(path.read_text(encoding="utf-8").split("\n")):
        fence = _FENCE.match(line)
        if not fence:
            level = len(line) - len(line.lstrip("#"))
            while around[-1].level >= level:
                around.pop()
            around.append(Story(line.strip("# "), level, dict(around[-1].files)))
            continue
        words = fence["info"].split()
        if words == ["console"]:
            around[-1].steps += _steps(body, number)
            if around[-1] not in found:
                found.append(around[-1])
        elif len(words) > 1:
            around[-1].files[fence["info"].partition(" ")[2]] = "".join(
                f"{each}\n" for each in body
            )
    return found


def lay_out(story: Story, folder: Path) -> None:
    """Write the files of a story."""
    for path, text in story.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def perform(step: Step, folder: Path) -> str:
    """Run a command and return its output."""
    if step.command.startswith("spec-lsp") and not IS_OTHER and not set("&|;") & set(step.command):
        said, code = _call(step.command)
    else:
        command = f'spec-lsp() {{ {shlex.join(COMMAND)} "$@"; }}\n{step.command}'
        result = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(spec_lsp.__file__).parents[1])},
        )
        said, code = result.stdout + result.stderr, result.returncode
    said = said.replace(str(folder), "<folder>")
    said = "\n".join(line.rstrip() for line in said.rstrip().split("\n"))
    return "\n".join(filter(None, (said, f"[exit {code}]" if code else "")))


def agrees(expected: str, said: str) -> bool:
    """Whether an output is the expected one, where `…` stands for any lines."""
    parts = [re.escape(line) if line != _ANY else None for line in expected.split("\n")]
    pattern = "".join(r"(?:.*\n)*" if part is None else rf"{part}\n" for part in parts)
    return bool(re.fullmatch(pattern, f"{said}\n"))


def update(path: Path, story: Story, said: list[str]) -> None:
    """Update a story with the current output of its commands."""
    now = next(each for each in read_stories(path) if each.title == story.title)
    lines = path.read_text(encoding="utf-8").split("\n")
    for step, text in reversed(list(zip(now.steps, said, strict=True))):
        if not agrees(step.output, text):
            lines[step.first : step.last] = text.split("\n") if text else []
    path.write_text("\n".join(lines), encoding="utf-8")


def _call(command: str) -> tuple[str, int]:
    """The program in this process, which saves its start for each command."""
    command, _, source = command.partition(" < ")
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    before = sys.argv, sys.stdin
    sys.argv = shlex.split(command)
    if source:
        sys.stdin = io.TextIOWrapper(io.BytesIO(Path(source).read_bytes()), encoding="utf-8")
    code = 0
    try:
        with redirect_stdout(stdout), redirect_stderr(stderr):
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    finally:
        sys.argv, sys.stdin = before
    both = (stream.buffer.getvalue().decode() for stream in (stdout, stderr))
    return "".join(both), code


def _pieces(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Headings and fences: the number of the line after each, the line itself, what it holds."""
    numbered = iter(enumerate(lines, 1))
    for number, line in numbered:
        fence = _FENCE.match(line)
        if fence:
            body = []
            for _, inner in numbered:
                if inner == fence["mark"]:
                    break
                body.append(inner)
            yield number, line, body
        elif line.startswith("#"):
            yield number, line, []


def _steps(body: list[str], number: int) -> Iterator[Step]:
    starts = [index for index, line in enumerate(body) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        output = "\n".join(body[start + 1 : end])
        yield Step(body[start][2:], output, number + start + 1, number + end)
