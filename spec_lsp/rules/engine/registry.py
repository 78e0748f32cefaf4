"""Registry of rules by code.

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

Reads = Literal["binding", "document", "workspace", "references", "day", "comment", "file"]

LADDER = Severity("hint", "warning", "error", stateless="info")
_RULES: dict[str, Rule] = {}


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its severity, the function and what the function reads.

    `reads` is the function's argument:

    - `binding`: a `DocumentContext`; `document`: a `Document`, with or without a template. Findings
      depend only on the document and its templates, and are cached until these change.
    - `workspace`: a `FileContext`. Findings are cached until any file changes.
    - `references`: a `FileContext`, as for `workspace`. Plain Markdown is checked only if the
      configuration asks for it.
    - `day`: a `FileContext`, of which only the entry and today's date are read.
    - `comment`: a `Suppression` that is unused.
    - `file`: faults, passed by the reader of the file.
    """

    code: str
    severity: Severity
    reads: Reads
    find: Callable[[Any], Iterator[Finding]]
    is_on: bool = True
    follows_life: bool = False
    needs_template: bool = True

    def is_asked(self, demands: str) -> bool:
        """Whether the rule reads documents whose kind demands less than its template."""
        return self.reads != "binding" or (demands == "ids" and not self.needs_template)

    @property
    def page(self) -> str:
        """The docstring of its function, as Markdown."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The first sentence of its page."""
        return " ".join(self.page.split("\n\n", 1)[0].split())

    @property
    def group(self) -> str:
        """The heading of its group: the first line of its file."""
        return (sys.modules[self.find.__module__].__doc__ or "").partition("\n")[0].rstrip(".")


def rule(
    code: str,
    severity: Level | Severity,
    *,
    reads: Reads,
    is_on: bool = True,
    needs_template: bool = True,
) -> Callable[[Callable[[Any], Iterator[Finding]]], Callable[[Any], Iterator[Finding]]]:
    """Register a function as a rule; the level of a `Severity` depends on the document's stage.

    A rule that needs no template is also for kinds that demand only IDs, tasks, values and links.
    """

    def register(find: Callable[[Any], Iterator[Finding]]) -> Callable[[Any], Iterator[Finding]]:
        ladder = isinstance(severity, Severity)
        levels = severity if isinstance(severity, Severity) else Severity(*(severity,) * 4)
        _RULES[code] = Rule(code, levels, reads, find, is_on, ladder, needs_template)
        return find

    return register


@cache
def rules_reading(reads: Reads) -> tuple[Rule, ...]:
    """The rules that read the same, in the order of their codes."""
    return tuple(each for each in rules().values() if each.reads == reads)


@cache
def rules() -> dict[str, Rule]:
    """Import every file directly in `rules/` and return all rules by code."""
    import spec_lsp.rules as package  # noqa: PLC0415 -- its files import this one.

    for module in iter_modules(package.__path__):
        if not module.ispkg:
            import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_RULES.items()))
