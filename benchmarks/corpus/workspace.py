"""The texts of a made-up workspace, by path: the same for the same size and seed."""

from __future__ import annotations

import posixpath
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.corpus.filling import fill
from benchmarks.corpus.plan import Planned, plan, planned
from benchmarks.corpus.prose import Writer

# The path and the text of every document, for a number of documents and a seed.
Corpus = Callable[[int, int], Iterator[tuple[str, str]]]
# Documents to type in, by name: their size in characters.
TYPED: Mapping[str, int] = {"10 KB": 10_000, "400 KB": 400_000}
_TYPED = "docs/typed"
# Headings that every document of a kind has, as anchors.
_ANCHORS = {
    "bug-fix": ("root-cause", "solution-overview", "expected-behavior"),
    "decision": ("considered-options", "rationale", "context"),
    "feature": ("user-story", "feature-description", "user-flow"),
    "fix-plan": ("overview", "verification", "rollback-plan"),
    "task": ("goal", "acceptance-criteria", "verification"),
    "technical": ("functional-requirements", "architecture-overview", "out-of-scope"),
    "technical-analysis": ("problem-statement", "current-state", "solution-overview"),
}
# Documents refer to recent documents rather than to the oldest.
_LATELY = 150
# The share of placeholders that are not filled in, as in real documents.
FORGOTTEN = 0.0003


def texts(
    documents: int, seed: int, to_type_in: Mapping[str, int] = TYPED
) -> Iterator[tuple[str, str]]:
    """The path and the text of every document, oldest first, then those to type in."""
    known: dict[str, list[Planned]] = defaultdict(list)
    for each, text in written(documents, seed, FORGOTTEN):
        yield each.path, text
        known[each.kind].append(each)
    for number, (name, size) in enumerate(to_type_in.items(), 1):
        chance = random.Random(f"typed {seed} {number}")
        kind = "technical"
        last = len(known[kind]) + number
        each = planned(kind, last, 0.99, size, chance)
        path = f"{_TYPED}/{each.id}-{slug(name)}.md"
        yield path, _text(each, known, seed, FORGOTTEN, path)


def written(documents: int, seed: int, forgotten: float = 0) -> Iterator[tuple[Planned, str]]:
    """Every document and its text, oldest first; `forgotten` is the share of open placeholders."""
    known: dict[str, list[Planned]] = defaultdict(list)
    for each in plan(documents, seed):
        yield each, _text(each, known, seed, forgotten, each.path)
        known[each.kind].append(each)


def typed_paths(folder: Path, names: Iterable[str] = TYPED) -> dict[str, str]:
    """The paths of the documents to type in, by name."""
    files = (folder / _TYPED).iterdir()
    paths = [file.relative_to(folder).as_posix() for file in files]
    return {name: path for name in names for path in paths if path.endswith(f"{slug(name)}.md")}


def slug(name: str) -> str:
    """The end of the file name of a document to type in, without the extension."""
    return f"about-{name.replace(' ', '-').lower()}"


def write(folder: Path, documents: int, seed: int, corpus: Corpus = texts) -> int:
    """Write a workspace into a folder; return its size in bytes."""
    size = 0
    for path, text in corpus(documents, seed):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        content = text.encode()
        file.write_bytes(content)
        size += len(content)
    return size


def _text(
    document: Planned, known: dict[str, list[Planned]], seed: int, forgotten: float, path: str
) -> str:
    """The text of a document that refers to others already known."""
    chance = random.Random(f"{seed} {document.kind} {document.number}")

    def other(kind: str = "") -> Planned:
        kinds = [kind] if known[kind] else [name for name, found in known.items() if found]
        found = known[chance.choice(kinds)] if kinds else [document]
        return found[-1 - chance.randrange(min(len(found), _LATELY))]

    def mention(kind: str = "") -> str:
        found = other(kind)
        is_part = not kind and found.kind == "technical"
        return f"{found.id}/FR-{chance.randint(1, 2)}" if is_part else found.id

    def link(kind: str = "") -> str:
        found = other(kind)
        target = posixpath.relpath(found.path, posixpath.dirname(path))
        return f"[{found.title}]({target}#{chance.choice(_ANCHORS[found.kind])})"

    writer = Writer(chance, document.day, mention, link)
    given = {
        "title": document.title,
        "id": document.id,
        "date": document.day.isoformat(),
        "author": document.author,
        "state": document.state,
        "source": link("bug-fix"),
    }
    text = fill(document.kind, given, writer, document.size, forgotten)
    return text.replace("- [ ]", "- [x]") if document.is_final else text
