"""The frozen folder of `packaging/frozen/build`: it does what the program does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import spec_lsp
from tests.packaging.steps import TOP, bash, programs

WHEELHOUSE = os.environ.get("WHEELHOUSE", "")
pytestmark = [
    pytest.mark.skipif(not WHEELHOUSE, reason="`make packaging` gathers the wheels"),
    pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts"),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen")
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": WHEELHOUSE, "PYTHONPATH": ""}
    build = bash(f'packaging/frozen/build "{folder}"', TOP, {**pip, "PYTHON": sys.executable})
    assert build.returncode == 0, build.stdout + build.stderr
    shutil.rmtree(folder / "env")
    return folder / "spec-lsp" / "spec-lsp"


def output(program: Path, folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(TOP),
            "SPEC_LSP_CACHE": str(program.parents[1] / "cache"),
        },
    )
    assert result.stderr == ""
    return result.stdout


def test_it_does_what_the_program_does(program: Path, tmp_path: Path) -> None:
    assert output(program, tmp_path, "--version") == f"spec-lsp {spec_lsp.__version__}\n"
    other = programs(tmp_path / "bin") / "spec-lsp"
    examples = TOP / "examples"
    for arguments in (["check"], ["list"], ["template", "list"], ["explain", "invalid-value"]):
        assert output(program, examples, *arguments) == output(other, examples, *arguments)


def test_it_serves(program: Path, tmp_path: Path) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}
    body = json.dumps(asked)
    result = subprocess.run(
        [str(program), "serve"],
        cwd=tmp_path,
        input=f"Content-Length: {len(body)}\r\n\r\n{body}".encode(),
        capture_output=True,
        check=False,
    )
    assert b'"serverInfo"' in result.stdout


def test_it_reads_many_files_with_workers(program: Path, tmp_path: Path) -> None:
    """The last command is how workers start; one that gets no task fails when it reads it."""
    for number in range(300):
        (tmp_path / f"{number}.md").write_bytes(b"\xff" if number % 100 else b"# A\n")
    found = output(program, tmp_path, "check")
    assert "297 errors in 297 of 300 files" in found
    assert output(program, tmp_path, "check") == found
    worker = subprocess.run(
        [str(program), "-P", "-m", "spec_lsp.storage.indexing.worker"],
        input=b"",
        capture_output=True,
        check=False,
    )
    assert b"NoneType" in worker.stderr
