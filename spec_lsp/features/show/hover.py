"""Hover: cards of targets, meanings of fields, guidance of sections, reasons of diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spec_lsp.compare import without_marks
from spec_lsp.features.shared.cards import document_card, inner_card, shorten
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Card
from spec_lsp.features.shared.shares import share_of
from spec_lsp.features.shared.target import document_of
from spec_lsp.features.shared.template_file import describe_template, template_of
from spec_lsp.features.shared.values import meaning
from spec_lsp.features.show.unresolved import unresolved_card
from spec_lsp.features.show.why import reason
from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.model import Diagnostic, Related
from spec_lsp.safe_markdown import code, harmless, harmless_lines
from spec_lsp.template.builtin import SCHEME
from spec_lsp.template.match.content import asks
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.notation.choices import Choice, find_choice
from spec_lsp.template.notation.known_values import is_list
from spec_lsp.template.schema import FieldSlot, SectionSlot
from spec_lsp.workspace.collect.progress import is_filled, leftovers
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.link_targets import target_path
from spec_lsp.workspace.resolve import resolve

_RULE = "\n\n---\n\n"
_LONGEST_GUIDANCE = 600
_LONGEST = 4000
_MOST_VALUES = 20


def describe(place: Place, diagnostics: Sequence[Diagnostic] = ()) -> Card | None:
    """Return the card for a place, including the reasons of diagnostics there."""
    template = template_of(place.page)
    found = describe_template(place, template) if template else _described(place)
    reasons = _reasons(place, diagnostics)
    if not found and not reasons:
        return None
    span = found.span if found else reasons[0].span
    texts = [*([found.markdown] if found else []), *(reason.markdown for reason in reasons)]
    return Card(_cut(_RULE.join(dict.fromkeys(texts))), span)


def _described(place: Place) -> Card | None:
    """Return the card of the target at a place, after its problem; otherwise of the slot."""
    lost, named = unresolved_card(place), _named(place)
    if lost and named:
        return Card(f"{lost.markdown}{_RULE}{named.markdown}", lost.span)
    return lost or named or _slot(place)


def _named(place: Place) -> Card | None:
    """Return the card of the ID or link at a place."""
    page = place.page
    if place.mention:
        places = resolve(place.workspace, place.entry, place.mention).places
        cards = [_defined_card(page, each.path, each.what.key) for each in places[:3]]
        return Card(_RULE.join(cards), place.mention.span) if cards else None
    if place.defined:
        card = _defined_card(page, page.path, place.defined.key)
        return Card(card, place.defined.span)
    if place.reference:
        return _linked(place)
    return None


def _defined_card(page: Page, path: str, key: str) -> str:
    entry = page.workspace.entry(path) or page.entry
    found = next(each for each in entry.defined if each.key == key)
    if not found.is_own:
        return inner_card(page, entry, found)
    return document_card(page, entry)


def _linked(place: Place) -> Card | None:
    reference = place.reference
    if not reference:
        return None
    entry = place.workspace.entry(target_path(place.workspace, place.entry.path, reference.path))
    if not entry:
        return None
    span = reference.span if reference.span.holds(place.offset) else reference.text_span
    title = _anchor_title(place.page, entry, reference.anchor)
    head = f"§ {harmless(shorten(title))}\n\n" if title else ""
    return Card(head + document_card(place.page, entry), span)


def _anchor_title(page: Page, entry: Entry, anchor: str) -> str:
    document = document_of(page, entry.path) if anchor else None
    index = document.anchors.get(anchor.lower()) if document else None
    return document.sections[index].title if document and index is not None else ""


def _slot(place: Place) -> Card | None:
    """Return the template's card for the field, column or section at a place."""
    spot = place.spot
    if not spot or not place.page.binding:
        return None
    if spot.field and spot.field_slot and spot.part in ("name", "value"):
        span = spot.field.name_span if spot.part == "name" else spot.field.value_span
        return (
            Card(_field_text(spot.field_slot, spot.field.value), span)
            if span.holds(place.offset)
            else None
        )
    if spot.part == "cell" and spot.cell and spot.table_slot:
        choices = spot.table_slot.choices.get(spot.column)
        if choices and spot.cell.span.holds(place.offset):
            name = spot.table_slot.columns[spot.column]
            values = _values(choices.texts, spot.cell.text)
            return Card(f"**{harmless(shorten(name))}**: {values}", spot.cell.span)
        return None
    if spot.part == "heading" and spot.section.heading:
        if spot.section == place.document.title_section:
            return Card(_own_card(place), spot.section.heading.text_span)
        if spot.match and (text := _section_text(place, spot.match)):
            return Card(text, spot.section.heading.text_span)
    return None


def _own_card(place: Place) -> str:
    """Return the card of the document itself, with the reason why it follows its template."""
    why = harmless(shorten(reason(place.document, place.workspace)))
    return f"{document_card(place.page, place.entry)}\n\n{why}"


def _field_text(slot: FieldSlot, value: str) -> str:
    required = "" if slot.is_required else " (optional)"
    head = f"**{harmless(slot.name)}**{required}"
    if not slot.choices:
        return f"{head}\n\n{meaning(slot)}"
    chosen = None if is_list(value, slot.choices) else find_choice(value, slot.choices)
    lines = [
        f"- {_bold(choice.text, is_bold=choice == chosen)}{_note(choice)}"
        for choice in slot.choices.members
    ]
    more = ["- or another value"] if slot.choices.is_open else []
    return "\n".join([head, "", *lines, *more])


def _note(choice: Choice) -> str:
    return f" – {harmless(choice.note)}" if choice.note else ""


def _values(texts: Sequence[str], value: str) -> str:
    shown = [_bold(t, is_bold=t.casefold() == value.casefold()) for t in texts[:_MOST_VALUES]]
    return " · ".join((*shown, "…") if len(texts) > _MOST_VALUES else shown)


def _bold(text: str, *, is_bold: bool) -> str:
    text = harmless(shorten(text))
    return f"**{text}**" if is_bold else text


def _section_text(place: Place, match: SectionMatch) -> str:
    """Return the template's guidance for a section, and its completeness with subsections."""
    slot, marks = match.slot, _marks(match.slot)
    said = harmless_lines(shorten_lines(slot.guidance, _LONGEST_GUIDANCE))
    guidance = _quoted(said) if said else ""
    share = share_of(place.workspace, place.entry.kind, slot)
    parts = [part for part in (guidance, _completeness(place, match), share) if part]
    title = place.document.sections[match.index].title
    head = f"**{harmless(shorten(without_marks(title)))}**{marks}"
    return "\n\n".join([head, *parts]) if parts or not slot.is_required else ""


def _marks(slot: SectionSlot) -> str:
    marks = [
        mark
        for mark, holds in (("optional", not slot.is_required), ("repeatable", slot.is_repeatable))
        if holds
    ]
    return f" ({', '.join(marks)})" if marks else ""


def _completeness(place: Place, match: SectionMatch) -> str:
    binding = place.page.binding
    if not binding:
        return ""
    document = place.document
    within = range(match.index, document.outline.ends[match.index])
    inside = [m for m in binding.sections if m.index in within and asks(binding.template, m.slot)]
    filled = sum(is_filled(binding, m) for m in inside)
    items = [item for index in within for item in document.chunks[index].items]
    boxes = [item for item in items if item.checked is not None]
    left = sum(section.index in within for section, _ in leftovers(binding))
    facts = ["no content yet" if not filled and not boxes else ""]
    if filled and len(inside) > 1:
        facts.append(f"{filled} of {len(inside)} sections filled in")
    if boxes:
        facts.append(f"{sum(bool(item.checked) for item in boxes)} of {len(boxes)} tasks done")
    if left:
        facts.append(f"{left} placeholder{'s' if left > 1 else ''} left")
    return " · ".join(fact for fact in facts if fact)


def _cut(card: str) -> str:
    """Limit the size of a card, cutting between lines so that code spans stay whole."""
    return card if len(card) <= _LONGEST else card[:_LONGEST].rpartition("\n")[0]


def shorten_lines(text: str, longest: int) -> str:
    """Shorten a text of several lines, at a line or a word."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    at = max(cut.rfind("\n"), cut.rfind(" "))
    return f"{cut[:at] if at > 0 else cut} …"


def _reasons(place: Place, diagnostics: Iterable[Diagnostic]) -> list[Card]:
    """Return cards that explain the diagnostics at a place with template text."""
    cards: list[Card] = []
    for each in diagnostics:
        if each.path == place.page.path and each.span.holds(place.offset):
            lines = [text for related in each.related if (text := _reason(place.page, related))]
            head = (
                [] if place.page.avoids_duplicates else [f"`{each.code}`: {harmless(each.message)}"]
            )
            if lines:
                cards.append(Card("\n\n".join([*head, *lines]), each.span))
    return cards


def _reason(page: Page, related: Related) -> str:
    document = _document(page, related.path)
    if not document or related.span.end > len(document.text):
        return ""
    first = document.line_at(related.span.start)
    line = document.position(related.span.start).line + 1
    text = shorten(first.of(document.text))
    path = related.path.removeprefix(SCHEME)
    where = path if path == related.path else f"built-in {path}"
    said = f"{harmless(related.message)} ({harmless(where)}, line {line})"
    return f"{said}:\n\n> {code(text)}" if text else ""


def _document(page: Page, path: str) -> Document | None:
    for template in page.workspace.settings.templates:
        if template.path == path:
            return template.document
    return document_of(page, path)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
