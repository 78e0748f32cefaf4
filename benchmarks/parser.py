"""The cost of parsing Markdown: blocks by either reader, a whole parse, facts, a keystroke.

Times are processor times, the best of several rounds, because other work can only add to them.
Ratios are what to compare between machines.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import process_time
from timeit import repeat

from spec_lsp.markdown.blocks.markdown_it import blocks, full_blocks
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.text import Edit, Span

FACTS = (
    *("heading", "fields", "items", "tables", "fences", "comments", "code_spans"),
    *("links", "identifiers", "definitions", "rules"),
)
SIZES = {"9 KB": 9_000, "400 KB": 400_000}
ROUNDS = 7
PLACES = 40
WORDS = (
    *("the", "account", "user", "session", "lock", "system", "must", "should", "after", "before"),
    *("every", "failed", "login", "token", "request", "response", "store", "expire", "limit"),
    *("retry", "message", "error", "page", "within", "minutes"),
)


def main(_: Sequence[str]) -> None:
    """Print the figures, one column a size."""
    print(__doc__)
    columns = [dict(figures(specification(size))) for size in SIZES.values()]
    print(f"{'':24}" + "".join(f"{name:>12}" for name in SIZES))
    for name in columns[0]:
        print(f"{name:24}" + "".join(f"{column[name]:>12}" for column in columns))


def figures(text: str) -> Iterator[tuple[str, str]]:
    """The rows of one column."""
    document = parse("spec.md", text)
    look_at_all(document)
    edits = [Edit(Span(at, at), "x") for at in range(0, len(text), len(text) // PLACES)]
    whole = best(lambda: parse("spec.md", text))
    both = best(lambda: look_at_all(parse("spec.md", text)))
    keys = [best(partial(reparse, document, edit)) for edit in edits]
    seen = [best(partial(look_at_touched, document, edit)) for edit in edits]
    scanned = best(lambda: blocks(text))
    full = best(lambda: full_blocks(text))
    yield "sections", str(len(document.sections))
    yield "blocks", milliseconds(scanned)
    yield "blocks by markdown-it", milliseconds(full)
    yield "blocks / by markdown-it", f"{scanned / full:.3f}"
    yield "parse", milliseconds(whole)
    yield "all facts", milliseconds(both - whole)
    yield "edit, median", milliseconds(median(keys))
    yield "edit, dearest", milliseconds(max(keys))
    yield "edit and its facts", milliseconds(median(seen))
    yield "edit / parse", f"{median(keys) / whole:.3f}"


def best(action: Callable[[], object]) -> float:
    """The lowest processor seconds that an action takes in several rounds."""
    return min(repeat(action, timer=process_time, number=1, repeat=ROUNDS))


def look_at_all(document: Document) -> None:
    """Read everything that is computed on first access."""
    for section in document.sections:
        for fact in FACTS:
            getattr(section, fact)


def look_at_touched(document: Document, edit: Edit) -> Document:
    """Edit, and read everything in the edited section."""
    edited = reparse(document, edit)
    section = edited.section_at(edit.span.start)
    for fact in FACTS:
        getattr(section, fact)
    return edited


def milliseconds(seconds: float) -> str:
    """A time to read."""
    return f"{seconds * 1000:.3f} ms"


def specification(size: int) -> str:
    """A text of about that many characters, with the usual parts of specifications."""
    chance = random.Random(size)
    parts = ["# SPEC-001: Login\n\n**Status**: Draft\n**Owner**: Anna\n"]
    length = len(parts[0])
    while length < size:
        parts.append(section(chance, len(parts)))
        length += len(parts[-1])
    return "\n".join(parts)


def section(chance: random.Random, number: int) -> str:
    """A section: some prose, and one other block."""
    title = f"{'#' * chance.choice((2, 3, 3))} {sentence(chance, 3)}\n"
    prose = "".join(f"\n{paragraph(chance)}\n" for _ in range(chance.randint(1, 2)))
    besides = chance.choice((items, requirements, table, fields, code))
    return f"{title}{prose}\n{besides(chance, number)}"


def items(chance: random.Random, number: int) -> str:
    """A list with links and nested items."""
    lines = [f"- {sentence(chance, 8)}, see [{number}](other.md#part-{number})\n"]
    lines += [f"  - [ ] {sentence(chance, 6)}\n" for _ in range(chance.randint(2, 5))]
    return "".join(lines)


def requirements(chance: random.Random, number: int) -> str:
    """Items that define IDs."""
    count = chance.randint(2, 4)
    return "".join(f"- **FR-{number}{each}**: {sentence(chance, 12)}\n" for each in range(count))


def table(chance: random.Random, number: int) -> str:
    """A table of risks."""
    rows = [f"| R-{number}{each} | {sentence(chance, 6)} | High |\n" for each in range(4)]
    return "| ID | Risk | Impact |\n|----|------|--------|\n" + "".join(rows)


def fields(chance: random.Random, number: int) -> str:
    """Labels and values."""
    return (
        f"**Target**: `v{number}` [version]\n**Priority**: High\n**Why**: {sentence(chance, 9)}\n"
    )


def code(chance: random.Random, number: int) -> str:
    """A code block and a comment."""
    lines = "".join(f"    {chance.choice(WORDS)} = {each}\n" for each in range(6))
    return f"```python\ndef step_{number}():\n{lines}```\n\n<!-- {sentence(chance, 5)} -->\n"


def paragraph(chance: random.Random) -> str:
    """A few sentences."""
    return " ".join(f"{sentence(chance, 10)}." for _ in range(chance.randint(2, 4)))


def sentence(chance: random.Random, length: int) -> str:
    """Some words."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize()
