"""Documents are read alike under the oldest Python 3.11 and the newest Python on the `PATH`.

Minor releases of Python have had faults of their own: Python 3.11.0 to 3.11.4 match possessive
repeats of groups wrongly (gh-100061, gh-106052). `SLICE` runs under each: the tests of `markdown`,
`template` and `rules`, without those of sheer size and those of edits, with few examples of each
property.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.txt"
SLICE = (
    *("tests/markdown", "tests/template", "tests/rules"),
    *("--ignore-glob=*/test_bad_input.py", "--ignore-glob=*/rules/test_laws.py"),
)
TEST_PACKAGES = ("hypothesis", "pytest", "pytest-asyncio")
_NAME = re.compile(r"python(?:3(?:\.[0-9]+)?)?(?:\.exe)?")
_ASK = (
    "import json, sys, sysconfig;"
    "print(json.dumps([sys.version_info[:4], sys.implementation.name, sys.executable,"
    " sysconfig.get_config_var('EXT_SUFFIX')]))"
)


class Python(NamedTuple):
    """An interpreter: its version, its program, and the suffix of its compiled modules."""

    version: tuple[int, ...]
    program: str
    suffix: str


HERE = Python(sys.version_info[:3], sys.executable, sysconfig.get_config_var("EXT_SUFFIX"))


@cache
def pythons() -> list[Python]:
    """The released interpreters on the `PATH` that we support, this one included, by version."""
    folders = [Path(each) for each in os.get_exec_path() if Path(each).is_dir()]
    files = [file for each in folders for file in each.iterdir() if _NAME.fullmatch(file.name)]
    asked = [ask(str(file)) for file in dict.fromkeys(files)]
    return sorted([HERE, *(each for each in asked if each)], key=lambda each: each.version)


def ask(program: str) -> Python | None:
    """Ask an interpreter for its version; a name that does not run, such as a shim, is absent."""
    try:
        output = subprocess.run(
            [program, "-c", _ASK], capture_output=True, check=False, timeout=20
        ).stdout
        (*numbers, level), name, path, suffix = json.loads(output)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    is_ours = name == "cpython" and level == "final" and numbers >= [3, 11, 0]
    return Python(tuple(numbers), path, suffix) if is_ours else None


def environment_of(python: Python) -> Path:
    """The interpreter of a virtual environment below `build/`, made again when the lock changes.

    It needs no `ensurepip`, which Debian leaves out: the pip of this environment installs into it.
    """
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    number = ".".join(map(str, python.version))
    folder = ROOT / "build" / "pythons" / f"{number}-{lock}"
    if not folder.exists():
        new = folder.with_name(f"{folder.name}.{os.getpid()}")
        try:
            make_environment(python, new)
            # Another worker may have made the same one meanwhile.
            if not folder.exists():
                new.rename(folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return program_in(folder)


def make_environment(python: Python, folder: Path) -> None:
    """Make a virtual environment with the locked packages, or skip the test if that fails."""
    _run_or_skip([python.program, "-m", "venv", "--without-pip", str(folder)])
    if python.suffix == HERE.suffix:
        # Compiled for the same minor version: the packages here serve, and nothing is downloaded.
        site = next(folder.glob("**/site-packages"))
        (site / "packages.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pip = [sys.executable, "-m", "pip", "--python", str(program_in(folder))]
    packages = [*project["dependencies"], *TEST_PACKAGES]
    _run_or_skip([*pip, "install", "--quiet", "--constraint", str(LOCK), *packages])


def program_in(folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _run_or_skip(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        complaint = (done.stderr or done.stdout).strip()
        pytest.skip(f"no environment can be made with {command[0]}: {complaint[-500:]}")


@pytest.mark.parametrize("which", ["oldest 3.11", "newest"])
def test_documents_are_read_alike_by_other_versions_of_python(which: str) -> None:
    every = pythons()
    found = [each for each in every if each.version[:2] == (3, 11)][:1]
    if which == "newest":
        found = every[-1:]
    if not found or found[0].version == HERE.version:
        pytest.skip(f"the {which} Python on the PATH is absent, or the one that runs the tests")
    python = found[0]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [str(environment_of(python)), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "--hypothesis-profile=few", *SLICE],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"under Python {python.version}:\n{run.stdout[-5000:]}{run.stderr}"
    assert re.search(r"[1-9]\d{2,} passed", run.stdout)
