"""Every command writes files atomically, and never over a text that it has not read."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.transcript import Step, perform

TOP = Path(__file__).parents[2]
TEXT = "# Note: NOTE-00{0} No {0}\n\n**ID**: NOTE-00{0}\n\n**Status**: Finl\n"
TEMPLATE = "# Note: NOTE-001 [Title]\n\n**ID**: NOTE-###\n\n**Status**: Draft | Final\n"
FILES = {
    "spec-lsp.toml": 'builtin = false\nrules = { "*" = "off", invalid-value = "error" }\n',
    ".spec-lsp/templates/note.md": TEMPLATE,
    "NOTE-001.md": TEXT.format(1),
    "docs/NOTE-002.md": TEXT.format(2) + "\nNOTE-001\n",
}
# Every command that writes, with the file that it would make or change.
WRITERS = {
    "new note Three --dir a/b": "a/b/NOTE-003.md",
    "init": "inner/spec-lsp.toml",
    "report --output pages/page.html": "pages/page.html",
    "check --write-baseline": "spec-lsp-baseline.json",
    "template export note --output c/own.md": "c/own.md",
    "check --fix": "NOTE-001.md",
    "rename NOTE-001 NOTE-010": "NOTE-010.md",
}
# A process that may write no byte to a file, as on a full disk.
NO_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from spec_lsp.__main__ import main
main()
"""
# Node with another `fsync`: where the npm package is tested, the program is not in this process.
IN_NODE = """
import fs from "node:fs";
import {{ syncBuiltinESMExports }} from "node:module";
const real = fs.fsyncSync;
let isFirst = true;
fs.fsyncSync = (handle) => {{ {0}; isFirst = false; }};
syncBuiltinESMExports();
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", WRITERS)
def test_a_full_disk_leaves_everything_unchanged(folder: Path, command: str) -> None:
    pytest.importorskip("resource", reason="there are no limits for a process here")
    before = everything(folder)
    result = subprocess.run(
        [sys.executable, "-c", NO_ROOM, *command.split()],
        cwd=folder / "inner" if command == "init" else folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP), "SPEC_LSP_CACHE": "off"},
    )
    assert "was not written: file too large" in result.stderr
    assert result.returncode == 2
    assert everything(folder) == before


@pytest.mark.parametrize("command", WRITERS)
def test_a_disk_that_fills_up_at_the_end_leaves_everything_unchanged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = everything(folder)
    monkeypatch.setattr(os, "fsync", full)
    in_node(monkeypatch, 'throw Object.assign(new Error(), { code: "ENOSPC" })')
    assert "was not written: the disk is full\n[exit 2]" in run(folder, command)
    assert everything(folder) == before


@pytest.mark.parametrize("command", WRITERS)
def test_what_is_written_has_the_mode_of_the_old_file_or_the_umask(
    folder: Path, command: str
) -> None:
    (folder / "NOTE-001.md").chmod(0o600)
    with umask(0o077):
        run(folder, command)
    assert stat.S_IMODE((folder / WRITERS[command]).stat().st_mode) in (0o600, 0o666)
    assert [name for name in everything(folder) if "/.spec-lsp-" in f"/{name}"] == []


@pytest.mark.parametrize("command", ["new note Three --dir a/b", "init"])
def test_a_file_that_appears_meanwhile_is_never_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    written_meanwhile(monkeypatch, folder / WRITERS[command], "other")
    assert "already exists; nothing was written\n[exit 2]" in run(folder, command)
    assert (folder / WRITERS[command]).read_text() == "other"


@pytest.mark.parametrize("command", ["check --fix", "rename NOTE-001 NOTE-010"])
def test_a_text_that_changes_meanwhile_is_never_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    written_meanwhile(monkeypatch, folder / "NOTE-001.md", "mine")
    assert "NOTE-001.md has changed since it was read" in run(folder, command)
    assert (folder / "NOTE-001.md").read_text() == "mine"


def test_a_name_of_255_bytes_can_be_fixed(folder: Path) -> None:
    name = f"{'n' * 252}.md"
    (folder / "NOTE-001.md").rename(folder / name)
    assert "Applied 2 fixes in 2 files" in run(folder, "check --fix")
    assert "**Status**: Final" in (folder / name).read_text()


@pytest.mark.parametrize("command", ["check --fix", "rename NOTE-001 NOTE-010"])
def test_a_hard_link_is_refused_before_anything_is_written(folder: Path, command: str) -> None:
    try:
        (folder / "same.txt").hardlink_to(folder / "docs/NOTE-002.md")
    except OSError:
        pytest.skip("this file system has no hard links")
    before = everything(folder)
    said = run(folder, command)
    assert "docs/NOTE-002.md is one of 2 hard links to the same file; nothing was written" in said
    assert everything(folder) == before
    assert (folder / "same.txt").samefile(folder / "docs/NOTE-002.md")


def test_a_write_protected_file_is_refused(folder: Path) -> None:
    (folder / "NOTE-001.md").chmod(0o444)
    said = run(folder, "check --fix")
    assert "NOTE-001.md is write-protected; nothing was written\n[exit 2]" in said
    assert (folder / "NOTE-001.md").read_text() == FILES["NOTE-001.md"]


def test_a_symbolic_link_stays_one_when_its_document_is_fixed(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "NOTE-001.md").rename(folder / "texts/one.txt")
    (folder / "NOTE-001.md").symlink_to("texts/one.txt")
    assert "Applied 1 fix in 1 file" in run(folder, "check --fix NOTE-001.md")
    assert (folder / "NOTE-001.md").is_symlink()
    assert "**Status**: Final" in (folder / "texts/one.txt").read_text()


def run(folder: Path, command: str) -> str:
    """The output of a command; `init` is run in a folder that has no configuration yet."""
    os.chdir(folder / "inner" if command == "init" else folder)
    return perform(Step(f"spec-lsp {command}", "", 0, 0), folder)


def everything(folder: Path) -> dict[str, str | None]:
    """All files with their texts, and all folders."""
    return {
        each.relative_to(folder).as_posix(): each.read_text() if each.is_file() else None
        for each in sorted(folder.rglob("*"))
    }


def written_meanwhile(monkeypatch: pytest.MonkeyPatch, file: Path, text: str) -> None:
    """Let another program write a file while our first text is there under its temporary name."""
    monkeypatch.setenv("SPEC_LSP_CACHE", "off")  # The cache is written first.
    real = os.fsync
    written: list[int] = []

    def fsync(handle: int) -> None:
        real(handle)
        if not written:
            written.append(file.write_text(text))

    monkeypatch.setattr(os, "fsync", fsync)
    given = f"{json.dumps(str(file))}, {json.dumps(text)}"
    in_node(monkeypatch, f"real(handle); if (isFirst) fs.writeFileSync({given})")


def in_node(monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    """Do the same when the npm package calls `fsync`."""
    script = quote(IN_NODE.format(action))
    monkeypatch.setenv("NODE_OPTIONS", f"--import=data:text/javascript,{script}")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)
