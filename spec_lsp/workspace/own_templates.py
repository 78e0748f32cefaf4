"""The templates of a workspace: kinds told apart, copies of built-in ones recognised."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from spec_lsp.markdown.parse import parse
from spec_lsp.template.builtin import templates as builtin_templates
from spec_lsp.template.match.copies import are_distinct, with_place_of_original
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Fault, Template
from spec_lsp.text import Span
from spec_lsp.workspace.settings import are_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.workspace.config.config import Config


def own_templates(texts: Iterable[tuple[str, str]], config: Config) -> tuple[Template, ...]:
    """The templates of a workspace, from their paths and texts."""
    found: list[Template] = []
    for path, text in texts:
        template = _told_apart(infer(parse(path, text)), found)
        found.append(with_place_of_original(template, builtin_in_use(config)))
    return tuple(found)


def builtin_in_use(config: Config) -> tuple[Template, ...]:
    """The built-in templates that the configuration allows."""
    wanted = config.builtin
    if isinstance(wanted, bool):
        return builtin_templates() if wanted else ()
    return tuple(each for each in builtin_templates() if each.kind in wanted)


def _told_apart(template: Template, others: list[Template]) -> Template:
    """A template, with another kind or a fault if an earlier one has its kind.

    Copies with equal text are one template, and in separate folders each has its own documents.
    Of one title with other sections, they are two kinds. Otherwise both could be meant for one
    path.
    """
    first = next((each for each in others if each.kind == template.kind), None)
    if not first or first.document.text == template.document.text:
        return template
    if are_apart(first.path, template.path):
        return template
    if are_distinct(first, template):
        taken = {each.kind for each in others}
        names = (f"{template.kind}-{number}" for number in count(2))
        return replace(template, kind=next(name for name in names if name not in taken))
    section = template.document.title_section
    span = section.heading.text_span if section and section.heading else Span(0, 0)
    fault = Fault(span, f"{first.path} is also a template of the kind {first.kind}")
    return replace(template, faults=(*template.faults, fault))
