"""Run the shell steps of workflows, actions and container files as their hosts do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = Path(__file__).parents[2]


def text_of(path: str) -> str:
    """The text of a file of the repository."""
    return (TOP / path).read_text(encoding="utf-8")


def parsed(path: str) -> Any:  # noqa: ANN401 -- YAML holds anything.
    """A YAML file of the repository; `on:` stays a word."""
    return yaml.load(text_of(path), Loader=_Loader)  # noqa: S506 -- derived from the safe loader.


def bash(
    script: str, folder: Path, environment: dict[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    """Run a script with bash, which stops at the first failure."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", *options, "-c", script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP), **environment},
    )


def programs(folder: Path) -> Path:
    """A folder with the programs of an environment: `spec-lsp` and `python`."""
    folder.mkdir(parents=True)
    for name, module in (("spec-lsp", "-m spec_lsp"), ("python", "")):
        file = folder / name
        file.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        file.chmod(0o755)
    return folder


def tool(name: str) -> str:
    """The path of a program that `make packaging` installs; else the test is skipped."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not here; `make packaging` installs it")
    return found


def linted(*command: str) -> str:
    """What a linter prints in the root of the repository if it fails."""
    result = subprocess.run(
        [tool(command[0]), *command[1:]], cwd=TOP, capture_output=True, text=True, check=False
    )
    return result.stdout + result.stderr if result.returncode else ""


class _Loader(yaml.SafeLoader):
    """YAML 1.2, where `on` is a word."""


_Loader.yaml_implicit_resolvers = {
    first: [each for each in kept if each[0] != "tag:yaml.org,2002:bool"]
    for first, kept in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))
