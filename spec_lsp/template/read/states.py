"""The life cycle of a kind, from the choices of its status field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.template.notation.choices import find_choice
from spec_lsp.template.notation.status_words import DRAFT, FINAL, words_of_languages
from spec_lsp.template.schema import Fault, Lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spec_lsp.template.read.corrections import Corrections
    from spec_lsp.template.schema import FieldSlot

STATUS_KEYS = (
    *("status", "state", "document status", "stage"),
    # As in `status_words.toml`; German, Dutch, Polish and others write "status" too.
    *(
        "estado",
        "statut",
        "état",
        "stato",
        "situação",
        "статус",
        "状态",
        "狀態",
        "ステータス",
        "상태",
    ),
)
_DRAFTS = {"draft", "proposed"}
_DROPPED = {
    "abandoned",
    "archived",
    "cancelled",
    "canceled",
    "declined",
    "deferred",
    "deprecated",
    "dropped",
    "duplicate",
    "obsolete",
    "obsoleted",
    "on hold",
    "rejected",
    "replaced",
    "retired",
    "superseded",
    "superseded by",
    "withdrawn",
    "won't do",
    "wontfix",
}


def read_lifecycle(
    fields: Iterable[FieldSlot], corrections: Corrections
) -> tuple[Lifecycle | None, tuple[Fault, ...]]:
    """The life cycle: the choices of the status field in order, first draft, last final."""
    fields = tuple(fields)
    named = corrections.lifecycle.get("field", ())
    keys = tuple(name.casefold() for name in named) or STATUS_KEYS
    slot = next((slot for key in keys for slot in fields if slot.key == key and slot.choices), None)
    if not slot:
        return None, _unknown_field(named, corrections)
    order = slot.values
    dropped = _dropped(order)
    living = tuple(value for value in order if value not in dropped) or order
    if living[-1].casefold() in _DRAFTS:
        # `Accepted / Proposed / Superseded` begins with what most documents are.
        living = (living[-1], *living[:-1])
        order = (*living, *dropped)
    states = {"draft": living[:1], "final": living[-1:], "dropped": dropped}
    faults: list[Fault] = []
    for name in states:
        if name in corrections.lifecycle:
            values = corrections.lifecycle[name]
            for value in values:
                if not slot.choices or not find_choice(value, slot.choices):
                    place = corrections.places[f"lifecycle.{name}"]
                    faults.append(Fault(place, f"“{value}” is not a value of {slot.name}"))
            states[name] = values
    lifecycle = Lifecycle(slot.key, order, states["draft"], states["final"], states["dropped"])
    return lifecycle, tuple(faults)


def _dropped(order: tuple[str, ...]) -> tuple[str, ...]:
    """The values of documents that no longer count, in the language of the list."""
    words = [value.casefold() for value in order]
    is_english = any(word in (*DRAFT, *FINAL, *_DROPPED) for word in words)
    known = _DROPPED if is_english else words_of_languages().dropped
    return tuple(value for value, word in zip(order, words, strict=True) if word in known)


def _unknown_field(named: tuple[str, ...], corrections: Corrections) -> tuple[Fault, ...]:
    if not named:
        return ()
    place = corrections.places["lifecycle.field"]
    return (Fault(place, f"“{named[0]}” is not a field with choices"),)
