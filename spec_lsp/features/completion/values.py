"""Values: choices, dates, people, tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from heapq import nlargest

from spec_lsp.features.completion.typed import Typed
from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import Completion
from spec_lsp.features.shared.values import is_unfilled
from spec_lsp.markdown.front_matter import list_values
from spec_lsp.safe_markdown import harmless
from spec_lsp.template.notation.choices import Choice, Choices, find_choice
from spec_lsp.template.notation.known_values import is_list
from spec_lsp.template.schema import Lifecycle
from spec_lsp.template.write.snippet import Part, Stop
from spec_lsp.template.write.values import written_date

_DAYS = ((0, "today"), (1, "tomorrow"), (7, "in a week"))
_MOST_VALUES = 50


def choice_items(
    typed: Typed, choices: Choices, current: str, lifecycle: Lifecycle | None = None
) -> Iterator[Completion]:
    """Offer the values of a choice in template order; the current one is preselected."""
    chosen = None if is_list(current, choices) else find_choice(current, choices)
    # A complete current value must not filter out the others.
    shows_all = bool(chosen) and typed.text.strip() == current.strip()
    for rank, choice in enumerate(choices.members):
        yield Completion(
            label=choice.text,
            kind="value",
            span=typed.span,
            parts=_choice_parts(typed, choice),
            description=choice.note or _stage(choice, lifecycle),
            filter=typed.filter(choice.text, shows_all=shows_all),
            rank=rank,
            is_preselected=choice == chosen,
            documentation=_meaning(choice, choices, lifecycle),
        )


def date_items(typed: Typed, page: Page, pattern: str = "") -> Iterator[Completion]:
    """Offer today, tomorrow and in a week, in the template's date format."""
    try:
        today = date.fromisoformat(page.today)
    except ValueError:
        return
    for rank, (days, name) in enumerate(_DAYS):
        text = written_date((today + timedelta(days)).isoformat(), pattern)
        both = f"{text} {name}"
        is_name = bool(typed.text) and name.startswith(typed.text.casefold())
        is_another = typed.text[:1].isdigit() and not text.startswith(typed.text)
        yield Completion(
            label=text,
            kind="date",
            span=typed.span,
            parts=typed.parts(text),
            description=name,
            filter=f"{name} {text}" if is_name else typed.filter(both, shows_all=is_another),
            rank=rank,
            is_preselected=rank == 0,
        )


def person_items(typed: Typed, page: Page, key: str) -> Iterator[Completion]:
    """Offer the author, then people named in other documents."""
    others = [name for name in used_values(page, key) if name != page.author]
    names = [page.author, *others] if page.author else others
    for rank, name in enumerate(names):
        yield Completion(
            label=name,
            kind="person",
            span=typed.span,
            parts=typed.parts(name),
            description="you" if name == page.author else "",
            filter=typed.filter(name),
            rank=rank,
        )


def used_items(
    typed: Typed, page: Page, key: str, taken: Iterable[str] = (), *, least: int = 1
) -> Iterator[Completion]:
    """Offer the values of a field that `least` other documents have, most used first."""
    without = {value.casefold() for value in taken}
    for rank, value in enumerate(used_values(page, key, least)):
        if value.casefold() not in without:
            yield Completion(
                label=value,
                kind="tag",
                span=typed.span,
                parts=typed.parts(value),
                filter=typed.filter(value),
                rank=rank,
            )


def used_values(page: Page, key: str, least: int = 1) -> list[str]:
    """Return the values of a field that `least` other documents have, most used first.

    They are split at commas.
    """
    templates = page.workspace.settings.templates
    slots = [slot for template in templates if (slot := template.field(key))]
    texts = ((slot, text) for slot in slots for text in (slot.placeholder, slot.node.value))
    waiting = {text for slot, text in texts if text != slot.default}
    counts: Counter[str] = Counter()
    for entry in page.workspace.index.entries.values():
        value = entry.fields.get(key)
        if value and entry.path != page.path and value not in waiting:
            counts.update(split_values(value))
    most = nlargest(_MOST_VALUES, counts.items(), key=lambda each: each[1])
    return [value for value, count in most if count >= least]


def split_values(value: str) -> list[str]:
    """Split a list of values, without placeholders."""
    found: list[str] = []
    for member in list_values(value):
        found += (part.strip() for part in member.split(","))
    return [each for each in found if each and not is_unfilled(each)]


def _choice_parts(typed: Typed, choice: Choice) -> tuple[Part, ...]:
    """Return the value; an open one with a tab stop after it."""
    if choice.is_open:
        return (f"{typed.lead}{choice.text} ", Stop(""), typed.tail)
    return typed.parts(choice.text)


def _stage(choice: Choice, lifecycle: Lifecycle | None) -> str:
    if not lifecycle:
        return ""
    stages = (
        ("dropped", lifecycle.dropped),
        ("final", lifecycle.final),
        ("draft", lifecycle.draft),
    )
    return next((name for name, values in stages if choice.text in values), "")


def _meaning(
    choice: Choice, choices: Choices, lifecycle: Lifecycle | None
) -> Callable[[], str] | None:
    if not lifecycle:
        return (lambda: harmless(choice.note)) if choice.note else None
    meanings = {
        "draft": "Stage “draft”: missing content is a hint.",
        "final": "Stage “final”: missing content is an error.",
        "dropped": "Stage “dropped”: missing content is not reported.",
        "": "Stage “in progress”: missing content is a warning.",
    }
    order = " → ".join(
        f"**{harmless(each)}**" if each == choice.text else harmless(each)
        for each in choices.texts
        if each not in lifecycle.dropped or each == choice.text
    )
    return lambda: f"{meanings[_stage(choice, lifecycle)]}\n\n{order}"
