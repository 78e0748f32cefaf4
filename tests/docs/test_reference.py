"""The generated pages and pictures are fresh, and their examples are valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.__main__ import own_files
from docs.drawing.session import COLUMNS, COMMANDS
from docs.drawing.svg import COLUMN
from docs.examples import CONFIGURATION, CORRECTIONS
from spec_lsp.markdown.parse import parse
from spec_lsp.template.read.corrections import LIST_KEYS, OTHER_KEYS, TEXT_KEYS
from spec_lsp.template.read.infer import infer
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.config.read import read_config

ROOT = Path(__file__).parents[2]
TEMPLATE = """
# Runbook: [Name]

**Status**: Draft | Live | Retired
**Owner**: [Name]

## Symptoms

## Contact

## Escalation
"""


def test_the_generated_files_are_fresh() -> None:
    wanted = own_files()
    stale = [name for name, text in wanted.items() if _read(name) != text]
    assert not stale, "run `make docs`"


def test_every_key_has_an_example() -> None:
    assert [*CONFIGURATION] == [*Config.__dataclass_fields__]
    assert [*CORRECTIONS] == [*TEXT_KEYS, *LIST_KEYS, *OTHER_KEYS]


@pytest.mark.parametrize("key", CONFIGURATION)
def test_an_example_of_the_configuration_is_valid_and_not_the_default(key: str) -> None:
    config, found = read_config("spec-lsp.toml", CONFIGURATION[key])
    assert not found
    assert getattr(config, key) != getattr(Config(), key)


@pytest.mark.parametrize("key", CORRECTIONS)
def test_an_example_of_a_correction_is_valid_and_changes_something(key: str) -> None:
    lines = "".join(f"  {line}\n" for line in CORRECTIONS[key].split("\n"))
    template = infer(parse("t.md", f"---\nspec-lsp:\n{lines}---\n{TEMPLATE}"))
    assert not template.faults


def test_the_recording_shows_its_commands() -> None:
    picture = _read("docs/pictures/session.svg")
    shown = re.sub(r"<[^>]+>", "\n", picture).replace("&quot;", '"')
    ends = re.findall(r' x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"', picture)
    assert max(float(x) + float(width) for x, width in ends) < (COLUMNS + 4) * COLUMN
    assert all(command in shown for command in COMMANDS)
    assert "prefers-reduced-motion" in picture


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
