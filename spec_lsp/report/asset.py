"""The files that are inlined into pages and drawings."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def asset(name: str) -> str:
    """Read a file of the folder `assets`."""
    return resources.files("spec_lsp.report").joinpath("assets", name).read_text(encoding="utf-8")
