"""Documents from templates: what `spec-lsp new` writes, with every placeholder filled in.

A skeleton is a template's new document as pieces of text and placeholders, made once per kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from benchmarks.corpus.answers import answer
from benchmarks.corpus.prose import Writer
from spec_lsp.markdown.parse import parse
from spec_lsp.template.builtin import templates
from spec_lsp.template.match.binding import bind
from spec_lsp.template.schema import Template
from spec_lsp.template.write.fill import new_document, next_block
from spec_lsp.template.write.snippet import Part, Stop
from spec_lsp.template.write.values import Values

TEMPLATES: dict[str, Template] = {template.kind: template for template in templates()}

# Private characters mark what is filled in later; no text of ours has them.
_MARK = re.compile("\ue000(\\w+)\ue001")
# Example lines of a template without brackets: whole items of lists that are not check lists.
_EXAMPLE = re.compile(r"(?:(?<=\n- )|(?<=\n\d\. )|(?<=\n {2}- )|(?<=\n {3}- ))[A-Z\d].+(?=\n)")
_FENCE = re.compile(r"^```(\w*)", re.MULTILINE)
# The shortest texts for a placeholder and for a block of prose.
_SHORT = 40
_ALONE = 100
# The usual length of a long section.
_LONGEST = 3_000


@dataclass(frozen=True)
class Hole:
    """A placeholder to fill in, and the text before it on its line.

    One that is alone is a block of its own, and can hold any number of paragraphs.
    """

    stop: Stop
    lead: str
    is_alone: bool
    in_code: bool


@dataclass(frozen=True)
class Repeat:
    """Where further instances of a repeatable block go: the index of their slot in the template."""

    kind: str
    slot: int
    number: int


Piece = str | Hole | Repeat


def fill(kind: str, known: Mapping[str, str], writer: Writer, size: int, forgotten: float) -> str:
    """A document of about that many characters; `known` are the given values by name.

    `forgotten` is the share of placeholders that are not filled in.
    """
    pieces = skeleton(kind)
    room: float = size - _weight(pieces)
    # Long documents have more sections, not longer ones.
    pieces = tuple(_repeated(pieces, max(room / 3, room - _blocks(pieces) * _LONGEST)))
    room = (size - _weight(pieces)) / max(_blocks(pieces), 1)
    same = {f"\ue000{name}\ue001": value for name, value in known.items()}
    return "".join(_filled(piece, writer, room, same, forgotten) for piece in pieces)


@cache
def skeleton(kind: str) -> tuple[Piece, ...]:
    """A new document of a kind, in pieces."""
    template = TEMPLATES[kind]
    state = {template.lifecycle.field: _mark("state")} if template.lifecycle else {}
    own = _mark("id") if template.id else ""
    values = Values(_mark("title"), own, _mark("date"), _mark("author"), state)
    holes: list[Stop | Repeat] = []
    text = _marked(new_document(template, values), holes)
    text = text.replace("[spec.md](spec.md)", _mark("source"))
    for end, repeat in sorted(_repeats(template, text), key=lambda found: -found[0]):
        text = text[:end] + _mark(len(holes)) + text[end:]
        holes.append(repeat)
    return tuple(_cut(text, holes))


@cache
def _block(repeat: Repeat) -> tuple[Piece, ...]:
    """One further instance of a repeatable block."""
    template = TEMPLATES[repeat.kind]
    holes: list[Stop | Repeat] = []
    parts = next_block(template.slots[repeat.slot], template, repeat.number)
    return tuple(_cut("\n\n" + _marked(parts, holes), holes))


def _repeated(pieces: Sequence[Piece], room: float) -> Iterator[Piece]:
    """The pieces, with as many further blocks as the size allows."""
    places = sum(isinstance(piece, Repeat) for piece in pieces)
    for piece in pieces:
        if not isinstance(piece, Repeat):
            yield piece
            continue
        left = room / places
        number = piece.number
        while left > 0:
            block = _block(Repeat(piece.kind, piece.slot, number))
            yield from block
            left -= _weight(block)
            number += 1


def _filled(
    piece: Piece, writer: Writer, room: float, same: dict[str, str], forgotten: float
) -> str:
    if isinstance(piece, str):
        return _MARK.sub(lambda mark: same[mark[0]], piece)
    if isinstance(piece, Repeat):
        return ""
    if writer.chance.random() < forgotten:
        return piece.stop.default
    if piece.is_alone:
        return writer.passage(_ALONE + room * writer.chance.uniform(0.3, 1.7))
    if piece.stop.name not in same:
        text = answer(piece.stop, piece.lead, writer, in_code=piece.in_code)
        if not piece.stop.name:
            return text
        same[piece.stop.name] = text
    return same[piece.stop.name]


def _marked(parts: Sequence[Part], holes: list[Stop | Repeat]) -> str:
    """The parts as text, with a mark for each placeholder."""

    def hole(stop: Stop) -> str:
        holes.append(stop)
        return _mark(len(holes) - 1)

    return "".join(
        _EXAMPLE.sub(lambda example: hole(Stop(example[0])), part)
        if isinstance(part, str)
        else hole(part)
        for part in parts
    )


def _repeats(template: Template, text: str) -> Iterator[tuple[int, Repeat]]:
    """The ends of the repeatable blocks that a new document has, each with what may follow."""
    document = parse("skeleton.md", text)
    binding = bind(document, template)
    for place, slot in enumerate(template.slots):
        found = [binding.section(each) for each in binding.sections if each.slot is slot]
        if slot.is_repeatable and found:
            last = found[-1]
            block = text[last.start : document.subtree_end(last)]
            end = last.start + len(block.rstrip().removesuffix("---").rstrip())
            yield end, Repeat(template.kind, place, len(found) + 1)


def _cut(text: str, holes: Sequence[Stop | Repeat]) -> Iterator[Piece]:
    """The text between the numbered marks, and what the marks stand for."""
    done = 0
    for mark in _MARK.finditer(text):
        if not mark[1].isdecimal():
            continue
        hole = holes[int(mark[1])]
        before, after = text[: mark.start()], text[mark.end() : mark.end() + 1]
        lead = before[before.rfind("\n") + 1 :]
        fences = _FENCE.findall(before)
        in_fence = len(fences) % 2 == 1
        is_alone = not lead and after in ("", "\n") and not in_fence
        in_code = in_fence and bool(fences[-1])
        yield text[done : mark.start()]
        yield hole if isinstance(hole, Repeat) else Hole(hole, lead, is_alone, in_code)
        done = mark.end()
    yield text[done:]


def _mark(name: object) -> str:
    return f"\ue000{name}\ue001"


def _blocks(pieces: Sequence[Piece]) -> int:
    """The number of placeholders that can hold any number of paragraphs."""
    return sum(isinstance(piece, Hole) and piece.is_alone for piece in pieces)


def _weight(pieces: Sequence[Piece]) -> int:
    """About how long the pieces are with the shortest texts."""
    return sum(_length(piece) for piece in pieces)


def _length(piece: Piece) -> int:
    if isinstance(piece, Hole):
        return _ALONE if piece.is_alone else _SHORT
    return len(piece) if isinstance(piece, str) else 0
