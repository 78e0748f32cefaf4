"""The rules by code.

A rule is one function; its docstring is its page, its example and its test.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from spec_lsp.rules.engine.model import Finding, Level, Severity

Reads = Literal["binding", "document", "workspace", "day", "comment", "file"]

LADDER = Severity("hint", "warning", "error", stateless="info")
_RULES: dict[str, Rule] = {}


@dataclass(frozen=True)
class Rule:
    """A rule and all that is said of it.

    `reads` says what its function is given: a `DocumentContext` (a document of a kind), a
    `Document` (any file), or a `FileContext` (a file among all others). The first two depend on
    nothing but that document and its template, so their findings can be cached; those of a file,
    while no file changes. A rule that reads the day is given a `FileContext` too, and reads only
    the file's own entry and today's date. A rule that reads a comment is given a `Suppression` that
    suppressed nothing; one that reads a file is called by whatever reads that file.
    """

    code: str
    severity: Severity
    reads: Reads
    find: Callable[[Any], Iterator[Finding]]
    is_on: bool = True
    follows_life: bool = False

    @property
    def page(self) -> str:
        """Its documentation, as Markdown."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The first sentence of its documentation."""
        return " ".join(self.page.split("\n\n", 1)[0].split())

    @property
    def group(self) -> str:
        """The subject it belongs to: the first line of its file."""
        return (sys.modules[self.find.__module__].__doc__ or "").partition("\n")[0].rstrip(".")


def rule(
    code: str, severity: Level | Severity, *, reads: Reads, is_on: bool = True
) -> Callable[[Callable[[Any], Iterator[Finding]]], Callable[[Any], Iterator[Finding]]]:
    """Make a function a rule. A severity of its own ladder follows the document's life."""

    def register(find: Callable[[Any], Iterator[Finding]]) -> Callable[[Any], Iterator[Finding]]:
        ladder = isinstance(severity, Severity)
        levels = severity if isinstance(severity, Severity) else Severity(*(severity,) * 4)
        _RULES[code] = Rule(code, levels, reads, find, is_on, follows_life=ladder)
        return find

    return register


@cache
def rules() -> dict[str, Rule]:
    """All rules by code: every file directly in `rules/` holds some."""
    import spec_lsp.rules as package  # noqa: PLC0415 -- its files import this one.

    for module in iter_modules(package.__path__):
        if not module.ispkg:
            import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_RULES.items()))
