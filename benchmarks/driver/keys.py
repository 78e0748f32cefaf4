"""Typing: the time until diagnostics and completions of a new text arrive."""

from __future__ import annotations

from itertools import cycle, islice
from random import Random
from time import perf_counter

from benchmarks.driver.session import Buffer, Session

# A pause between two keys, in which the server can collect garbage, as when people type.
_PAUSE = 0.01
_SENTENCE = " We look at this again with SPEC-012 and [the plan](x.md), once `it` is *in use*."
# No document has this ID, and no text should hold a tab.
_FAULT = " SPEC-99999\tx"
_OFFERED = ("\nSee ", "B", "U", "G", "-", "0", " or [x](", ".", "/", "\n#", "#", " ")


def typed(buffer: Buffer, count: int, text: str = _SENTENCE) -> list[float]:
    """The seconds from each key to the diagnostics, which the client pulls."""
    seconds = []
    for key in islice(cycle(text), count):
        buffer.type(key)
        began = buffer.client.sent
        number = buffer.client.request("textDocument/diagnostic", {"textDocument": buffer.item})
        seconds.append(buffer.client.answer(number, began)[1])
        buffer.client.rest(_PAUSE)
    return seconds


def pushed(buffer: Buffer, count: int) -> list[float]:
    """The seconds from each edit to the diagnostics, which the server pushes.

    Some servers do not push equal diagnostics again, so each edit adds a problem or fixes it.
    """
    seconds = []
    place = buffer.offset
    for turn in range(count):
        buffer.client.inbox.clear()
        if turn % 2:
            buffer.edit(place, place + len(_FAULT), "")
        else:
            buffer.edit(place, place, _FAULT)
        began = buffer.client.sent
        buffer.client.wait(buffer.has_been_judged, buffer.client.wait_limit)
        seconds.append(perf_counter() - began)
        buffer.client.rest(_PAUSE)
    return seconds


def completed(buffer: Buffer, count: int) -> list[float]:
    """The seconds from each key to its completions: IDs, paths, headings."""
    seconds = []
    for key in islice(cycle(_OFFERED), count):
        buffer.type(key)
        began = buffer.client.sent
        number = buffer.client.request("textDocument/completion", buffer.at(buffer.offset))
        seconds.append(buffer.client.answer(number, began)[1])
        buffer.client.rest(_PAUSE)
    return seconds


def burst(buffer: Buffer, keys: int = 30) -> float:
    """The seconds from a burst of keys, sent at once, to the diagnostics of the last text."""
    began = perf_counter()
    for key in islice(cycle(_SENTENCE), keys):
        buffer.type(key)
    number = buffer.client.request("textDocument/diagnostic", {"textDocument": buffer.item})
    return buffer.client.answer(number, began)[1]


def edited(session: Session, buffer: Buffer, count: int) -> tuple[float, float, float]:
    """Memory before and after that many edits anywhere, and the seconds that they took.

    Every insertion is removed again, so that the document keeps its size.
    """
    chance = Random(1)
    before = session.memory()
    began = perf_counter()
    for _ in range(count // 2):
        place = chance.randrange(len(buffer.text))
        text = chance.choice(("x", "\n", "\n## New\n\n", "`", "| a | b |\n", "- [ ] ", "SPEC-001"))
        buffer.edit(place, place, text)
        buffer.diagnose()
        buffer.edit(place, place + len(text), "")
        buffer.diagnose()
    seconds = perf_counter() - began
    return before, session.memory(), seconds
