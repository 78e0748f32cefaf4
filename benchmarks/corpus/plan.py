"""The documents of a made-up workspace, with their paths and their age."""

from __future__ import annotations

import posixpath
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.corpus.filling import TEMPLATES
from benchmarks.corpus.prose import worded
from benchmarks.corpus.words import PEOPLE, TITLES, WORDS
from spec_lsp.template.write.file_name import file_name, slug_id
from spec_lsp.template.write.values import Values

# How frequent each kind is, and the usual size of its documents.
SHARES = {
    "bug-fix": (18, 13_500),
    "decision": (14, 9_000),
    "feature": (12, 16_500),
    "fix-plan": (14, 10_500),
    "task": (22, 8_000),
    "technical": (14, 14_500),
    "technical-analysis": (6, 18_500),
}
# One of each kind comes first, so that documents can refer to every kind, and the technical one
# before all others, because these mention its requirements.
_FIRST = sorted(SHARES, key="technical".__ne__)
_FIRST_DAY = date(2022, 1, 3)
_DAYS = 1_500
_FOLDER = 100


@dataclass(frozen=True)
class Planned:
    """A document to write. `age` is 0 for the oldest of the workspace, nearly 1 for the newest."""

    kind: str
    number: int
    age: float
    title: str
    id: str
    path: str
    size: int

    @property
    def day(self) -> date:
        """The date of its creation."""
        return _FIRST_DAY + timedelta(days=int(self.age * _DAYS))

    @property
    def state(self) -> str:
        """Its stage: the oldest documents are final, the newest are drafts."""
        lifecycle = TEMPLATES[self.kind].lifecycle
        if not lifecycle:
            return ""
        if self.age < 0.6:
            return lifecycle.final[0]
        between = lifecycle.order[len(lifecycle.draft)]
        is_between = self.age < 0.85 and between not in (*lifecycle.final, *lifecycle.dropped)
        return between if is_between else lifecycle.draft[0]

    @property
    def is_final(self) -> bool:
        """Whether all its placeholders and tasks must be done."""
        lifecycle = TEMPLATES[self.kind].lifecycle
        return lifecycle is not None and self.state in lifecycle.final

    @property
    def author(self) -> str:
        """Who wrote it."""
        return PEOPLE[self.number % len(PEOPLE)]


def plan(documents: int, seed: int) -> Iterator[Planned]:
    """That many documents, oldest first."""
    chance = random.Random(f"plan {seed}")
    counts: dict[str, int] = defaultdict(int)
    weights = [share for share, _ in SHARES.values()]
    for place in range(documents):
        few = place < len(_FIRST)
        kind = _FIRST[place] if few else chance.choices(list(SHARES), weights)[0]
        counts[kind] += 1
        usual = SHARES[kind][1]
        size = int(usual * chance.lognormvariate(0, 0.35))
        yield planned(kind, counts[kind], place / documents, size, chance)


def planned(kind: str, number: int, age: float, size: int, chance: random.Random) -> Planned:
    """One document, with a random title."""
    template = TEMPLATES[kind]
    words = {name: chance.choice(words) for name, words in WORDS.items()}
    words |= {name.capitalize(): word[0].upper() + word[1:] for name, word in words.items()}
    title = worded(chance.choice(TITLES[kind]), words)
    pattern = template.id
    has_number = pattern and pattern.prefix
    own = pattern.render(number) if pattern and has_number else f"{slug_id(title)}_{number}"
    name = file_name(template, Values(title, own))
    folder = posixpath.join(template.directory, f"{number // _FOLDER:02}")
    return Planned(kind, number, age, title, own, posixpath.join(folder, name), size)
