"""What the npm package has to contain, and a short run of it; `make test-npm` tests all of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.command import VARIABLE
from tests.packaging.steps import TOP

HERE = TOP / "packaging" / "npm"
WHEELS = dict(re.findall(r"(?m)^([\w-]+)==(\S+)", (HERE / "wheels.txt").read_text("utf-8")))
NO_DOWNLOAD = 75
# Diagnostics, commands, git and the end; each test starts a server, which takes seconds.
SLICE = (
    "tests/lsp/test_server.py::test_commands_return_results[modern]",
    "tests/lsp/test_ending.py::test_exit_does_not_wait_for_git_and_ends_it",
)


def test_its_wheels_are_the_locked_ones_of_what_running_needs() -> None:
    locked = (TOP / "packaging" / "requirements.txt").read_text("utf-8")
    of_windows = r"(?m)^colorama==.*"
    pins = dict(re.findall(r"(?m)^([\w-]+)==(\S+)", re.sub(of_windows, "", locked)))
    assert pins == WHEELS
    for name, version in WHEELS.items():
        assert f"\n{name}=={version}" in (TOP / "requirements.txt").read_text("utf-8")


def test_the_notice_names_the_licence_of_each_part() -> None:
    rows = (HERE / "NOTICE.md").read_text("utf-8").lower().split("\n")
    parts = ", ".join(row.split("|")[1] for row in rows if row.startswith("|"))
    assert {*WHEELS} <= {part.strip() for part in parts.split(",")}


@pytest.mark.skipif(os.name == "nt", reason="npm is a batch file there")
@pytest.mark.skipif(not shutil.which("npm"), reason="there is no npm here")
def test_the_package_is_built_checks_as_python_does_and_serves() -> None:
    if int(run("node", "--version").stdout.lstrip("v").partition(".")[0]) < 20:
        pytest.skip("Node is older than 20 here")
    built = run(sys.executable, str(HERE / "build.py"))
    if built.returncode == NO_DOWNLOAD:
        pytest.skip("the parts of the npm package cannot be downloaded here")
    assert built.returncode == 0, built.stderr
    program = ("node", str(TOP / "build/npm/package/bin/spec-lsp.mjs"))
    check = ("check", "examples", "--format", "json")
    native = run(sys.executable, "-m", "spec_lsp", *check)
    assert native.returncode == 1
    assert run(*program, *check).stdout == native.stdout
    tested = run(sys.executable, "-m", "pytest", "-q", *SLICE, command=" ".join(program))
    assert tested.returncode == 0, tested.stdout
    assert f"{len(SLICE)} passed" in tested.stdout


def run(*words: str, command: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(TOP), VARIABLE: command}
    return subprocess.run(
        words, cwd=TOP, env=environment, capture_output=True, encoding="utf-8", check=False
    )
