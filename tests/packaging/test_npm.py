"""What the npm package has to contain, and a short run of it; `make test-npm` tests all of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import VARIABLE
from tests.packaging.parity import NATIVE, PACKAGE, report
from tests.packaging.steps import TOP

HERE = TOP / "packaging" / "npm"
WHEELS = dict(re.findall(r"(?m)^([\w-]+)==(\S+)", (HERE / "wheels.txt").read_text("utf-8")))
NO_DOWNLOAD = 75
KINDS = ("bug-fix", "fix-plan", "technical-analysis", "feature", "technical", "decision", "task")
# Deep recursion, diagnostics, commands, git and the end; each test starts a server, which is slow.
SLICE = (
    "tests/lsp/test_bad_input.py::test_an_invalid_message_gets_a_json_rpc_error[body3--32700]",
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
def test_the_package_is_built_checks_as_python_does_and_serves(tmp_path: Path) -> None:
    if int(run("node", "--version").stdout.lstrip("v").partition(".")[0]) < 20:
        pytest.skip("Node is older than 20 here")
    built = run(sys.executable, str(HERE / "build.py"))
    if built.returncode == NO_DOWNLOAD:
        pytest.skip("the parts of the npm package cannot be downloaded here")
    assert built.returncode == 0, built.stderr
    for kind in KINDS:
        assert run(*NATIVE, "new", kind, "A new one", cwd=tmp_path).returncode == 0
    for folder in (TOP / "examples", tmp_path):
        native = report(NATIVE, folder)
        assert len(json.loads(native)["diagnostics"]) > len(KINDS)
        assert report(PACKAGE, folder) == native
    tested = run(sys.executable, "-m", "pytest", "-q", *SLICE, command=" ".join(PACKAGE))
    assert tested.returncode == 0, tested.stdout
    assert f"{len(SLICE)} passed" in tested.stdout


def run(*words: str, command: str = "", cwd: Path = TOP) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(TOP), VARIABLE: command}
    return subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
