"""All available templates: our own, and the seeds and public ones if present."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from spec_lsp.markdown.parse import parse
from spec_lsp.template import builtin
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template

ROOT = Path(__file__).parents[2]
SEEDS = Path(os.environ.get("SPEC_LSP_SEEDS") or ROOT.parent / "shared" / "seeds")
CORPUS = Path(os.environ.get("SPEC_LSP_CORPUS") or ROOT.parent / "shared" / "corpus")


def read(path: Path) -> Template:
    return infer(parse(path.name, path.read_text(encoding="utf-8", errors="replace")))


@cache
def foreign() -> tuple[Template, ...]:
    """The seeds and the templates of the public collections; empty if these are absent."""
    files = [*SEEDS.glob("*.txt"), *CORPUS.glob("**/_templates/**/*.md")]
    return tuple(read(path) for path in sorted(files) if path.is_file())


def at_hand() -> tuple[Template, ...]:
    return (*builtin.templates(), *foreign())
