r"""Standard streams of every sort: other encodings, closed, full, left early, and hostile names."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spec_lsp.__main__ import main

TOP = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell and its devices")

REPORTS = (
    "check --format json", "check --format sarif", "check --format github",
    "check --format gitlab", "check --format junit", "check --diff", "list --format json",
    "graph", "graph --format dot", "graph --format json", "report --output -",
    "template list --format json", "template show note --format json", "template export note",
    "rename NOTE-001 NOTE-002 --dry-run",
)  # fmt: skip
OTHERS = (
    "check", "check --statistics", "check --fix", "list", "template list", "template show note",
    "template lint .spec-lsp/templates/note.md", "explain", "explain broken-link",
    "new note Neu", "new note Neu --dry-run", "rename NOTE-001 NOTE-002", "init", "--help",
    "check --help", "--version", "template --help", "template export note --output out",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which nothing is ASCII, with something to report and to fix."""
    files = {
        "spec-lsp.toml": "builtin = false\n",
        ".spec-lsp/templates/note.md": (
            '---\nspec-lsp:\n  id: "NOTE-###"\n  description: 日本\n---\n\n# Note: [Title]\n\n'
            "**ID**: NOTE-XXX\n**Status**: Draft | ↯ Final\n\n## Überblick 日本\n"
        ),
        "docs/größe-日本.md": ("# Note: “Größe” 日本 ↯\n\n**ID**: NOTE-001\n**Status**: ↯ Finl\n"),
        "docs/other.md": ("# Note: Other\n\n**ID**: NOTE-003\n**Status**: Draft\n\nAs NOTE-001.\n"),
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773446400")
    return tmp_path


class Sink(io.RawIOBase):
    """A stream that keeps what is written, or fails as a full disk or a pipe without a reader."""

    def __init__(self, error: int = 0) -> None:
        super().__init__()
        self.error = error
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 -- any buffer.
        if self.error:
            raise OSError(self.error, os.strerror(self.error))
        self.held += bytes(data)
        return len(bytes(data))


class Ended:
    """What a command in this process wrote, and its exit code."""

    def __init__(self, stdout: Sink, stderr: Sink, code: object) -> None:
        self.stdout, self.stderr = bytes(stdout.held), stderr.held.decode()
        self.code = code
        # What is left in a stream has to go somewhere when the stream is thrown away.
        stdout.error = 0


def perform(
    monkeypatch: pytest.MonkeyPatch, command: str, encoding: str = "utf-8", error: int = 0
) -> Ended:
    """Run a command with a standard output of some encoding, which fails with some error."""
    sink, stderr = Sink(error), Sink()
    if command == "init":
        Path("spec-lsp.toml").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["spec-lsp", *command.split()])
        for name, raw in (("stdout", sink), ("stderr", stderr)):
            stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding)
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as end:
            main()
        sys.stderr.flush()
        ended = Ended(sink, stderr, end.value.code)
        sys.stdout.close()
        return ended


@pytest.mark.parametrize("command", REPORTS)
def test_what_programs_read_is_utf_8_on_every_console(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    wanted = perform(monkeypatch, command)
    found = perform(monkeypatch, command, encoding="cp1252")
    assert found.stdout == wanted.stdout
    assert "日本".encode() in found.stdout
    assert (found.code, found.stderr) == (wanted.code, "")


@pytest.mark.parametrize("command", OTHERS)
def test_a_console_without_a_character_gets_an_escape(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    result = perform(monkeypatch, command, encoding="cp1252")
    assert result.code in (0, 1)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [*REPORTS, *OTHERS])
def test_a_full_disk_is_said_in_a_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    result = perform(monkeypatch, command, error=errno.ENOSPC)
    *_, last = result.stderr.splitlines()
    assert last == f"error: standard output: {os.strerror(errno.ENOSPC)}"
    assert result.code == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [*REPORTS, *OTHERS])
def test_a_reader_that_leaves_is_no_fault(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    result = perform(monkeypatch, command, error=errno.EPIPE)
    assert "error" not in result.stderr
    assert result.code in (1, 2)


def shell(folder: Path, script: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `spec-lsp` is the real program."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{_PROGRAM}\n{script}"],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(TOP), **settings},
    )


_PROGRAM = f'spec-lsp() {{ "{sys.executable}" -m spec_lsp "$@"; }}'


@posix
@pytest.mark.parametrize("redirect", [">&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_closed_streams_are_no_trouble(project: Path, redirect: str) -> None:
    result = shell(project, f"(spec-lsp check) {redirect}")
    assert (result.returncode, result.stderr) == (1, "")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["check", "--help", "list --format json"])
def test_a_full_device_ends_the_real_program_as_well(project: Path, command: str) -> None:
    result = shell(project, f"spec-lsp {command} >/dev/full")
    assert result.stderr == "error: standard output: No space left on device\n"
    assert result.returncode == 2


@posix
def test_the_real_program_is_silent_when_its_reader_leaves(project: Path) -> None:
    assert shell(project, "spec-lsp report --output - | true").stderr == ""


@posix
def test_the_real_program_writes_utf_8_for_programs(project: Path) -> None:
    settings = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    assert "“Größe” 日本 ↯" in shell(project, "spec-lsp list --format json", **settings).stdout


@posix
def test_names_of_files_forge_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "::add-mask::x\n::error::forged\x1b[31m\u202e.md").write_bytes(b"\xff")
    text = perform(monkeypatch, "check").stdout.decode()
    assert text.startswith(r"./::add-mask::x\n::error::forged\x1b[31m\u202e.md:1:1: error[")
    command = perform(monkeypatch, "check --format github").stdout.decode()
    assert command.count("\n") == 1
    assert command.startswith(r"::error file=%3A%3Aadd-mask%3A%3Ax\n%3A%3Aerror%3A%3A")


@posix
def test_an_error_message_is_one_line(tmp_path: Path) -> None:
    result = shell(tmp_path, r"spec-lsp check $'gone\n::error::x\e[31m'")
    assert result.stderr == "error: gone\\n::error::x\\x1b[31m does not exist\n"
    assert result.returncode == 2
