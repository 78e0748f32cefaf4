"""Semantic tokens: IDs, field names, values by stage, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import SemanticToken
from spec_lsp.template.match.fields import FieldMatch
from spec_lsp.text import Span
from spec_lsp.workspace.collect.progress import leftovers, stage_of
from spec_lsp.workspace.resolve import IdResolver

_LINE = re.compile(r"[^\r\n]+")
_ORDER = {"placeholder": 0, "id": 1, "value": 2, "field": 3}


def tokens(page: Page, within: Span | None = None) -> list[SemanticToken]:
    """Return the tokens of a document or a span, in order, without overlaps."""
    within = within or Span(0, len(page.document.text))
    found = [*_placeholders(page, within), *_ids(page, within), *_fields(page, within)]
    return _apart(each for token in found for each in _on_lines(page, token))


def _ids(page: Page, within: Span) -> Iterator[SemanticToken]:
    for defined in page.entry.defined:
        if defined.span.overlaps(within):
            yield SemanticToken(defined.span, "id", ("definition",))
    reader = IdResolver(page.workspace, page.entry)
    known: dict[tuple[str, str], bool] = {}
    for mention in page.workspace.mentions(page.entry):
        if not mention.span.overlaps(within) or mention.is_implied:
            continue
        what = (mention.owner, mention.key)
        if what not in known:
            known[what] = reader.dangles(mention)
        yield SemanticToken(mention.span, "id", ("unresolved",) if known[what] else ())
    yield from _external(page, within)


def _external(page: Page, within: Span) -> Iterator[SemanticToken]:
    ids = page.workspace.settings.ids
    for section in page.document.sections if ids.external else ():
        if section.span.overlaps(within) and section.chunk.identifiers:
            for each in section.identifiers:
                if not each.implied and ids.url(each.text):
                    yield SemanticToken(each.span, "id", ("external",))


def _fields(page: Page, within: Span) -> Iterator[SemanticToken]:
    """Yield tokens for the names of template fields, and for listed values."""
    for match in _matches(page, within):
        field = match.field
        if field.style != "heading":
            yield SemanticToken(field.name_span, "field")
        if match.slot.choices and field.value:
            yield SemanticToken(field.value_span, "value", _stage(page, match))


def _matches(page: Page, within: Span) -> Iterator[FieldMatch]:
    binding = page.binding
    if not binding:
        return
    for match in binding.fields:
        if match.field.span.overlaps(within):
            yield match
    for each in binding.sections:
        if each.slot.fields and binding.section(each).span.overlaps(within):
            yield from binding.section_fields(each)


def _stage(page: Page, match: FieldMatch) -> tuple[str, ...]:
    lifecycle = page.binding.template.lifecycle if page.binding else None
    if not lifecycle or match.slot.key != lifecycle.field:
        return ()
    stage = stage_of(match.field.value, page.binding, page.workspace.settings.words)
    return (stage,) if stage else ()


def _placeholders(page: Page, within: Span) -> Iterator[SemanticToken]:
    for _, candidate in leftovers(page.binding) if page.binding else ():
        if candidate.span.overlaps(within):
            yield SemanticToken(candidate.span, "placeholder")


def _on_lines(page: Page, token: SemanticToken) -> Iterator[SemanticToken]:
    """Split a token at line ends: few editors support multi-line tokens."""
    for match in _LINE.finditer(page.document.text, *token.span):
        yield SemanticToken(Span(*match.span()), token.kind, token.modifiers)


def _apart(found: Iterable[SemanticToken]) -> list[SemanticToken]:
    """Sort tokens; of overlapping ones keep the more specific."""
    kept: list[SemanticToken] = []
    for token in sorted(found, key=lambda each: (each.span.start, _ORDER[each.kind])):
        while kept and kept[-1].span.overlaps(token.span):
            if _ORDER[kept[-1].kind] <= _ORDER[token.kind]:
                break
            kept.pop()
        else:
            kept.append(token)
    return kept
