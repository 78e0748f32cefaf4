"""The interface for other programs: files at conventional places, the real program, exit codes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from threading import Timer

import pytest
import yaml

from spec_lsp.cli.starter import starter
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.read import read_config
from tests.command import COMMAND

TOP = Path(__file__).parents[2]
COMMANDS = (
    "check", "explain", "export", "graph", "init", "lint", "list", "new", "rename", "report",
    "serve", "show", "template",
)  # fmt: skip

# A program that was started in the background ignores interrupts unless it asks for them.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from spec_lsp.__main__ import main
main()
"""


def program(*arguments: str, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP), "COLUMNS": "100"},
    )


def test_the_help_names_every_command_the_server_included(tmp_path: Path) -> None:
    said = program("--help", folder=tmp_path).stdout
    said += program("template", "--help", folder=tmp_path).stdout
    assert [name for name in COMMANDS if not re.search(rf"│ {name} ", said)] == []


@pytest.mark.parametrize(
    "page",
    [*COMMANDS[:2], "new", "serve", "template", "template list", "template show", "template lint"],
)
def test_help_pages_look_the_same(page: str, tmp_path: Path) -> None:
    said = program(*page.split(), "--help", folder=tmp_path).stdout
    assert f"Usage: spec-lsp {page} " in said
    assert re.search(r"│ --help +-h +Show this message", said)
    assert not re.search(r"<(bool|str|path|list)", said)


def test_the_version_is_shown(tmp_path: Path) -> None:
    result = program("--version", folder=tmp_path)
    assert re.fullmatch(r"spec-lsp \d+\.\d+\.\d+\S*\n", result.stdout)


def test_output_goes_to_a_pipe_without_colours(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff")
    result = program("check", folder=tmp_path)
    assert result.returncode == 1
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_colours_can_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    (tmp_path / "a.md").write_bytes(b"\xff")
    assert "\x1b[1;31merror\x1b[0m" in program("check", folder=tmp_path).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in program("check", folder=tmp_path).stdout


def test_a_name_that_is_not_text_is_shown_escaped(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_bytes(b"\xff")
    except OSError:
        pytest.skip("this file system knows no such names")
    result = program("check", folder=tmp_path)
    assert result.returncode == 1
    assert "unreadable-file" in result.stdout
    assert program("check", "--format", "json", folder=tmp_path).returncode == 1


def test_a_document_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "spec-lsp.toml").write_text('check.files = "all"\n')
    (tmp_path / "a.md").write_text("See [\x1b[31mred](gone\x1b[0m.md) and [b](gone.md\u202e).\n")
    result = program("check", folder=tmp_path)
    assert result.returncode == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_a_reader_that_stops_early_is_not_an_error(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_bytes(b"\xff")
    command = f'"{sys.executable}" -m spec_lsp check | head -1'
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
    assert "Traceback" not in result.stderr


def test_the_configuration_of_init_shows_every_key_and_each_example_is_good() -> None:
    text = starter(["docs/templates/*.md"])
    assert tomllib.loads(text) == {"templates": ["docs/templates/*.md"]}
    lines = [re.sub(r"^# (?=[\w\[\"].* = |\[|[a-z]+ = )", "", line) for line in text.split("\n")]
    config, faults = read_config("spec-lsp.toml", "\n".join(lines))
    assert faults == ()
    assert set(tomllib.loads("\n".join(lines))) == {each.name for each in fields(Config)}
    assert config.new["bug-fix"].directory == "docs/bugs"


def test_the_pre_commit_hooks_name_commands_that_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT", "1")
    hooks = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks} == {"spec-lsp", "spec-lsp-fix"}
    (tmp_path / "a.md").write_text("# A\n")
    for hook in hooks:
        assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
        _, *arguments = hook["entry"].split()
        assert program(*arguments, folder=tmp_path).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent in another way here")
def test_watching_checks_again_after_every_change(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff")
    with watching(tmp_path) as lines:
        assert "1 error in 1 of 1" in until(lines, "Found")
        (tmp_path / "b.md").write_bytes(b"\xff")
        assert "2 errors in 2 of 2" in until(lines, "Found")
        (tmp_path / "a.md").unlink()
        (tmp_path / "b.md").write_text("# B\n")
        assert "No problems in 1 file" in until(lines, "No problems")
        (tmp_path / "spec-lsp.toml").write_text("[")
        assert "1 error in 1 of 2" in until(lines, "Found")


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent in another way here")
def test_watching_uses_a_baseline_that_is_written_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "spec-lsp.toml").write_text('baseline = "known.json"\n')
    (tmp_path / "a.md").write_bytes(b"\xff")
    with watching(tmp_path) as lines:
        assert "1 error in 1 of 2" in until(lines, "Found")
        program("check", "--write-baseline", folder=tmp_path)
        assert "1 more is in the baseline" in until(lines, "No problems")
        (tmp_path / "known.json").unlink()
        assert "1 error in 1 of 2" in until(lines, "Found")


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent in another way here")
def test_watching_uses_the_baseline_of_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff")
    program("check", "--write-baseline", folder=tmp_path)
    with watching(tmp_path, "--baseline", "spec-lsp-baseline.json") as lines:
        assert "1 more is in the baseline" in until(lines, "No problems")
        (tmp_path / "spec-lsp.toml").write_text("[")
        assert "1 more is in the baseline" in until(lines, "Found 1 error in 1 of 2")


@contextmanager
def watching(folder: Path, *options: str) -> Iterator[Iterator[str]]:
    """The lines that `check --watch` writes until the test interrupts it."""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", INTERRUPTIBLE, "check", "--watch", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    ) as process:
        # A line that never comes fails the test instead of blocking it.
        limit = Timer(60, process.kill)
        limit.start()
        try:
            assert process.stdout
            yield iter(process.stdout)
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=20)
            assert complaints == ""
            assert process.returncode == 1
        finally:
            limit.cancel()
            process.kill()


def until(lines: Iterator[str], start: str) -> str:
    return next(line for line in lines if line.startswith(start))
