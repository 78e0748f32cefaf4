"""Front matter: missing keys of the template, and the kind of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spec_lsp.compare import normalise_name
from spec_lsp.features.completion.fields import field_items, slot_items
from spec_lsp.features.completion.typed import Typed, begins_word
from spec_lsp.features.shared.place import Place
from spec_lsp.features.shared.results import Completion
from spec_lsp.text import Span

_MEMBER = re.compile(r"[ \t]*-[ \t]+(?P<typed>[^,]*)")
_KEY = re.compile(r"(?:^|(?<=[\r\n]))(?P<key>[\w-][\w -]*):")
_KIND = re.compile(r"(?:spec-)?template:[ \t]*(?P<typed>[\w./-]*)$")


def matter_items(place: Place) -> Iterator[Completion]:
    """Complete the line of the front matter at the cursor."""
    kind, member = _KIND.match(place.before), _MEMBER.fullmatch(place.before)
    if member:
        typed = Typed(Span(place.offset - len(member["typed"]), place.offset), member["typed"])
        yield from _members(place, typed)
    elif kind:
        span = Span(place.offset - len(kind["typed"]), place.offset)
        yield from _kinds(place, Typed(span, kind["typed"]))
    elif not place.after.strip() and re.fullmatch(r"[\w -]*", place.before):
        yield from _keys(place, Typed(place.line, place.before))


def is_in_matter(place: Place) -> bool:
    """Whether the cursor is in the front matter."""
    chunk = place.document.chunks[0]
    return bool(chunk.matter and 3 < place.offset < chunk.matter.end - 3)


def _kinds(place: Place, typed: Typed) -> Iterator[Completion]:
    for rank, template in enumerate(place.workspace.settings.templates):
        yield Completion(
            label=template.kind,
            kind="template",
            span=typed.span,
            parts=(template.kind,),
            detail=template.name,
            description=template.description,
            filter=template.kind,
            rank=rank,
        )


def _members(place: Place, typed: Typed) -> Iterator[Completion]:
    """Complete a member of the list at the cursor, by the key above it."""
    binding = place.page.binding
    keys = list(_KEY.finditer(place.document.text, 0, place.line.start))
    key = normalise_name(keys[-1]["key"]) if keys else ""
    slot = binding.template.field(key) if binding else None
    field = binding.field(key) if binding else None
    if slot and field:
        yield from slot_items(place, slot, typed, field.value).items


def _keys(place: Place, typed: Typed) -> Iterator[Completion]:
    binding = place.page.binding
    if not binding:
        return
    present = {match.slot.key for match in binding.fields}
    missing = [
        slot
        for slot in binding.template.fields
        if slot.place == "matter" and slot.key not in present and begins_word(slot.name, typed.text)
    ]
    yield from field_items(place, typed, missing)
