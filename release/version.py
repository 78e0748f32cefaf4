"""The version in every file that states it, from `spec_lsp/__init__.py`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

_VERSION = r"\d+\.\d+\.\d+\w*"
_SOURCE = ("spec_lsp/__init__.py", rf'__version__ = "({_VERSION})"')
# Files with the version, and the text around it. The first group is before, the second after it.
_PLACES = (
    ("README.md", rf"(rev: v|spec-lsp@v){_VERSION}()"),
    (
        "docs/**/*.md",
        rf"(rev: v|spec-lsp@v?|spec-lsp==|ADDRESS@v|/raw/v|\nspec-lsp |spec-lsp-){_VERSION}()",
    ),
    ("editors/vscode/package.json", rf'(\A\{{\n(?:  .*\n)*?  "version": "){_VERSION}(")'),
    ("editors/vscode/package-lock.json", rf'("name": "spec-lsp",\n +"version": "){_VERSION}(")'),
    ("editors/zed/Cargo.toml", rf'(\nversion = "){_VERSION}(")'),
    ("editors/zed/extension.toml", rf'(\nversion = "){_VERSION}(")'),
    ("packaging/mason/package.yaml", rf"(pkg:pypi/spec-lsp@){_VERSION}()"),
    ("packaging/mega-linter-plugin-spec-lsp/*.yml", rf"(spec-lsp==){_VERSION}()"),
    ("packaging/npm/package.json", rf'(\A\{{\n(?:  .*\n)*?  "version": "){_VERSION}(")'),
    ("templates/spec-lsp.yml", rf'(version:\n.*\n +default: "){_VERSION}(")'),
    ("tests/cli/formats.md", rf'("semanticVersion": "){_VERSION}(")'),
)


def version_of(root: Path) -> str:
    """The version in the source."""
    path, pattern = _SOURCE
    found = re.search(pattern, (root / path).read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{path} has no version")
    return found[1]


def files_with(root: Path, version: str, day: date) -> dict[str, str]:
    """The text of each file that states the version, with `version` in it, by path."""
    found = {}
    for glob, pattern in _PLACES:
        for file in sorted(root.glob(glob)):
            text = file.read_text(encoding="utf-8")
            new = re.sub(pattern, rf"\g<1>{version}\g<2>", text)
            if re.search(pattern, text):
                found[file.relative_to(root).as_posix()] = new
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    return found | {"CHANGELOG.md": _with_section(changes, version, day)}


def notes(changes: str, version: str) -> str:
    """The text below the heading of a version in a changelog."""
    found = re.search(rf"(?ms)^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |\Z)", changes)
    if not found or not found[1].strip():
        raise ValueError(f"CHANGELOG.md says nothing about {version}")
    return found[1].strip() + "\n"


def _with_section(changes: str, version: str, day: date) -> str:
    """A changelog with a section for the version: what was unreleased, unless there is one."""
    if f"\n## [{version}]" in changes:
        return changes
    return changes.replace("\n## [Unreleased]\n", f"\n## [Unreleased]\n\n## [{version}] - {day}\n")
