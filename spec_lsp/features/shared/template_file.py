"""Help inside templates: the explanation of a place, and the keys for corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spec_lsp.compare import without_marks
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.shared.results import Card, Completion, Completions
from spec_lsp.features.shared.shares import share_at
from spec_lsp.template.read.corrections import KEY, LIFECYCLE_KEYS, LIST_KEYS, OTHER_KEYS, TEXT_KEYS
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.show.explain import explain
from spec_lsp.text import Span, trim

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<dash>-[ \t]+)?(?P<key>[\w-]*)(?P<colon>:)?")
# Matches incomplete front matter too.
_MATTER = re.compile(
    r"\ufeff?---[ \t]*[\r\n]++"
    r"(?P<body>(?>(?:(?!---|\.\.\.)[^\r\n]*+(?:\r\n?+|\n))*))(?:---|\.\.\.)"
)
_MEMBER = re.compile(r"[\"']?(?P<typed>[^\[,\"']*)$")


def template_of(page: Page) -> Template | None:
    """Parse an open file as a template, unsaved text included."""
    for template in page.workspace.settings.own_templates:
        if template.path == page.path:
            is_fresh = template.document.text == page.document.text
            return template if is_fresh else infer(page.document)
    return None


def describe_template(place: Place, template: Template) -> Card | None:
    """Explain how the heading, field, choice or placeholder at a place was understood."""
    text = explain(template, place.offset)
    if text and (share := share_at(place.workspace, template, place.offset)):
        text = f"{text}\n\n{share}"
    return Card(text, trim(place.document.text, place.line)) if text else None


def complete_template(place: Place, template: Template) -> Completions:
    """Complete keys and values of corrections in the front matter."""
    matter = _MATTER.match(place.document.text)
    if not matter or not matter.start("body") <= place.offset <= matter.end("body"):
        return Completions()
    line = _LINE.match(place.before)
    if not line:
        return Completions()
    above = _keys_above(place)
    if line["colon"] or line["dash"]:
        key = line["key"] if line["colon"] else above[-1] if above else ""
        return Completions(tuple(_values(place, template, key, above)))
    return Completions(tuple(_keys(place, line["key"], above)))


def _keys_above(place: Place) -> list[str]:
    """Return the parent keys of the cursor's line, outermost first."""
    text, indent = place.document.text, len(place.before) - len(place.before.lstrip())
    found: list[str] = []
    for raw in reversed(text[: place.line.start].splitlines()):
        line = _LINE.match(raw)
        own = len(raw) - len(raw.lstrip())
        if raw.strip() == "---":
            break
        if line and line["colon"] and not line["dash"] and own < indent:
            found.append(line["key"])
            indent = own
    return found[::-1]


def _keys(place: Place, typed: str, above: list[str]) -> Iterator[Completion]:
    if not above:
        known = {KEY: "Corrections of what was inferred from this template."}
    elif above == [KEY]:
        known = TEXT_KEYS | LIST_KEYS | OTHER_KEYS
    elif above == [KEY, "lifecycle"]:
        known = LIFECYCLE_KEYS
    else:
        return
    present = set(_siblings(place))
    span = Span(place.offset - len(typed), place.offset)
    for rank, (key, meaning) in enumerate(known.items()):
        if key not in present:
            yield _key(span, key, meaning, rank)


def _key(span: Span, key: str, meaning: str, rank: int) -> Completion:
    return Completion(
        label=key,
        kind="key",
        span=span,
        parts=(f"{key}: " if key != KEY else f"{key}:",),
        filter=key,
        rank=rank,
        documentation=lambda: meaning,
    )


def _siblings(place: Place) -> Iterator[str]:
    """Return the existing keys next to the cursor's line."""
    matter = _MATTER.match(place.document.text)
    block = matter[0] if matter else ""
    indent = len(place.before) - len(place.before.lstrip())
    offset = 0
    for raw in block.splitlines(keepends=True):
        line = _LINE.match(raw)
        is_own = offset == place.line.start
        offset += len(raw)
        if line and line["colon"] and not is_own and len(line["indent"]) == indent:
            yield line["key"]


def _values(
    place: Place, template: Template, key: str, above: Iterable[str]
) -> Iterator[Completion]:
    """Offer names of sections and fields for lists, statuses for the life cycle."""
    member = _MEMBER.search(place.before.partition(":")[2] if ":" in place.before else "")
    text = member["typed"].lstrip() if member else ""
    if "- " in place.before and ":" not in place.before:
        text = place.before.partition("- ")[2]
    span = Span(place.offset - len(text), place.offset)
    for rank, (name, what) in enumerate(_names(template, key, list(above))):
        value = name if re.fullmatch(r"[\w][\w /&.()'-]*", name) else f'"{name}"'
        lead = " " if place.before.endswith((":", ",")) else ""
        yield Completion(
            label=name,
            kind="value",
            span=span,
            parts=(lead + value,),
            description=what,
            filter=name,
            rank=rank,
        )


def _names(template: Template, key: str, above: list[str]) -> Iterator[tuple[str, str]]:
    lifecycle = template.lifecycle
    if key in LIST_KEYS:
        yield from ((without_marks(slot.title), "section") for slot in template.slots)
        if key != "repeatable":
            yield from ((slot.name, "field") for slot in template.fields)
    elif "lifecycle" in above and key == "field":
        yield from ((slot.name, "field") for slot in template.fields if slot.choices)
    elif "lifecycle" in above and lifecycle:
        yield from ((state, "state") for state in lifecycle.order)
    elif key == "id":
        yield from ((f"{p.prefix}{'#' * p.digits}", "ID") for p in template.ids if p.prefix)
    elif key == "filename":
        yield from ((name, "file name") for name in ("{id}-{slug}.md", "{date}-{slug}.md"))
