"""The plugin for Neovim in a Neovim without a screen, and the extension for VS Code as a package.

`make editors` tests the other editors.
"""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tomllib
import zlib
from pathlib import Path

import pytest

from spec_lsp.rules.engine.registry import rules
from spec_lsp.template import builtin

ROOT = Path(__file__).parents[1]
CHECKS = ROOT / "editors" / "tests" / "nvim" / "check.sh"
EXTENSION = ROOT / "editors" / "vscode"
_OF_VSCODE = ("server.", "trace.")  # settings of the extension, not of the server
ICON = EXTENSION / "media" / "icon.png"


@pytest.mark.skipif(not shutil.which("nvim"), reason="there is no nvim here")
@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_the_plugin_keeps_its_promises_in_neovim(tmp_path: Path) -> None:
    server = tmp_path / "spec-lsp"
    server.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m spec_lsp "$@"\n')
    server.chmod(0o755)
    environment = os.environ | {"SPEC_LSP": str(server)}
    result = subprocess.run(
        [CHECKS], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "passed, 0 failed" in result.stdout


def test_the_help_of_neovim_lists_every_setting() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    settings = package["contributes"]["configuration"]["properties"]
    text = (ROOT / "editors/nvim/doc/spec-lsp.txt").read_text(encoding="utf-8")
    listed = set(re.findall(r"^ +([\w.]+)  ", text, re.MULTILINE))
    names = {name.removeprefix("spec-lsp.").removeprefix("features.") for name in settings}
    assert {name for name in names if not name.startswith(_OF_VSCODE)} <= listed


def test_the_extension_starts_in_every_layout_that_the_server_recognises() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    assert package["activationEvents"] == activation_events()


def test_the_settings_page_lists_the_rules() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    setting = package["contributes"]["configuration"]["properties"]["spec-lsp.rules"]
    assert setting["properties"] == rule_settings()
    levels = setting["additionalProperties"]["enum"]
    assert all(each["enum"] == levels for each in setting["properties"].values())


def rule_settings() -> dict[str, dict[str, object]]:
    """The level of each rule, with what the rule reports."""
    return {
        each.code: {
            "type": "string",
            "enum": ["off", "hint", "info", "warning", "error"],
            "description": each.summary,
        }
        for each in rules().values()
    }


def activation_events() -> list[str]:
    """Markdown files, our own configuration, and the marks of the built-in families as globs."""
    families = [
        tomllib.loads(builtin.family_text(each, "family.toml")) for each in builtin.family_names()
    ]
    marks = [mark for family in families for mark in family.get("marks", ())]
    marks += [group[0] for family in families for group in family.get("marks-together", ())]
    own = ["spec-lsp.toml", ".spec-lsp.toml", ".spec-lsp"]
    globs = sorted({_as_glob(mark) for mark in marks})
    return ["onLanguage:markdown", *(f"workspaceContains:{each}" for each in (*own, *globs))]


def _as_glob(pattern: str) -> str:
    numbered = re.sub(r"\{number:(\d)\}", lambda part: "[0-9]" * int(part[1]) + "*", pattern)
    return re.sub(r"\{[a-z]+\}", "*", numbered)


def test_the_icon_is_painted_from_top_to_bottom() -> None:
    """The Marketplace wants at least 128 × 128 pixels; only the round corners are transparent."""
    alpha = alpha_rows(ICON.read_bytes())
    assert len(alpha) >= 128
    assert {len(row) for row in alpha} == {len(alpha)}
    assert [number for number, row in enumerate(alpha) if max(row) < 255] == []
    assert all(min(row) == 255 for row in alpha[len(alpha) // 4 : -len(alpha) // 4])


def alpha_rows(png: bytes) -> list[bytes]:
    """How opaque each pixel of a PNG picture with 8 bits a channel is, row by row."""
    chunks: dict[bytes, bytes] = {}
    at = 8  # after the signature
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind = png[at + 4 : at + 8]
        chunks[kind] = chunks.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    width, height, depth, colours = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    assert (depth, colours) == (8, 6), "red, green, blue and alpha of 8 bits each"
    data, stride = zlib.decompress(chunks[b"IDAT"]), width * 4 + 1
    rows = [bytes(width * 4)]
    for start in range(0, height * stride, stride):
        rows.append(_unfiltered(data[start], data[start + 1 : start + stride], rows[-1]))
    return [row[3::4] for row in rows[1:]]


def _unfiltered(how: int, line: bytes, above: bytes) -> bytes:
    """A row of pixels, of which PNG keeps how it differs from its neighbours."""
    row = bytearray(4)
    for index, byte in enumerate(line):
        left, up, corner = row[index], above[index], above[index - 4] if index > 3 else 0
        guess = left + up - corner
        nearest = min((left, up, corner), key=lambda each: abs(guess - each))
        row.append((byte + (0, left, up, (left + up) // 2, nearest)[how]) % 256)
    return bytes(row[4:])
