"""Random sentences, lists, tables and code, made from the words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from benchmarks.corpus.words import HEADLINES, ITEMS, PEOPLE, PHRASES, SENTENCES, WORDS

_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiou])")


class Words(Protocol):
    """Words by the names that patterns have for them."""

    def __getitem__(self, name: str, /) -> str: ...


def worded(pattern: str, words: Words) -> str:
    """A pattern with words in it."""
    said = pattern.format_map(words)
    return _ARTICLE.sub(r"\1n ", said)


class Writer:
    """A random writer, with documents to refer to.

    `mention` returns the ID of some document, of a kind if one is given; `link` returns a link.
    """

    def __init__(
        self, chance: random.Random, day: date, mention: Callable[..., str], link: Callable[[], str]
    ) -> None:
        self.chance = chance
        self.day = day
        self.mention = mention
        self.link = link
        self.made: dict[str, Callable[[], str]] = {
            "identifier": self.identifier,
            "link": link,
            "mention": mention,
            "number": self.number,
            "person": self.person,
        }

    def __getitem__(self, name: str) -> str:
        """A word of a list, for patterns; `Thing` is a `thing` at the start of a sentence."""
        key = name.lower()
        word = self.made[key]() if key in self.made else self.chance.choice(WORDS[key])
        return word if name == key else word[0].upper() + word[1:]

    def say(self, patterns: Sequence[str]) -> str:
        """One of the patterns with words in it."""
        return worded(self.chance.choice(patterns), self)

    def number(self) -> str:
        """A random number."""
        return str(self.chance.choice((3, 12, 40, 200, 1_500)) + self.chance.randrange(40))

    def person(self) -> str:
        """A person's name."""
        return self.chance.choice(PEOPLE)

    def identifier(self) -> str:
        """A name as code has it."""
        words = f"{self['thing']} {self['part']}"
        return words.replace(" ", "_").replace("-", "_")

    def later(self, most: int = 200) -> str:
        """A day after the document's own."""
        return (self.day + timedelta(days=self.chance.randrange(5, most))).isoformat()

    def phrase(self) -> str:
        """A few words."""
        return self.say(PHRASES)

    def headline(self) -> str:
        """The words of a heading."""
        return self.say(HEADLINES)

    def sentence(self) -> str:
        """A sentence."""
        return self.say(SENTENCES)

    def item(self) -> str:
        """A sentence without its full stop, for items of lists."""
        return self.say(ITEMS)

    def passage(self, length: float) -> str:
        """Paragraphs of about that many characters in all, with other blocks among them."""
        blocks = (
            *(self.paragraph, self.paragraph, self.bullets, self.steps),
            *(self.tasks, self.table, self.code, self.quote),
        )
        parts = [self.paragraph(1 if length < 200 else 3)]
        length -= len(parts[0])
        while length > 150:
            make = self.chance.choice(blocks)
            parts.append(make(self.chance.randint(2, 5)))
            length -= len(parts[-1])
        return "\n\n".join(parts)

    def paragraph(self, size: int) -> str:
        """Some sentences, each on its line as in our own pages."""
        return "\n".join(self.sentence() for _ in range(size))

    def bullets(self, size: int) -> str:
        """A list, with another one inside some of its items."""
        return "\n".join(self._nested(size))

    def _nested(self, size: int) -> Iterator[str]:
        for _ in range(size):
            yield f"- {self.item()}"
            if self.chance.random() < 0.3:
                yield f"  - {self.item()}"
                yield f"  - {self.item()}, see {self['link']}"

    def steps(self, size: int) -> str:
        """A numbered list."""
        return "\n".join(f"{place}. {self.item()}" for place in range(1, size + 1))

    def tasks(self, size: int) -> str:
        """A check list."""
        return "\n".join(f"- [ ] {self.item()}" for _ in range(size))

    def table(self, size: int) -> str:
        """A table of figures."""
        rows = [f"| {self['Thing']} | {self['number']} {self['unit']} | {self['when']} |"]
        rows += [f"| {self['Thing']} | {self['number']} | {self['person']} |" for _ in range(size)]
        return "\n".join(("| What | How many | When and who |", "| --- | ---: | --- |", *rows))

    def code(self, size: int) -> str:
        """A fenced block."""
        name = self["identifier"]
        lines = [f"    {self['identifier']} = {self['number']}" for _ in range(size)]
        return "\n".join(("```python", f"def {name}(limit: int) -> int:", *lines, "```"))

    def quote(self, size: int) -> str:
        """A quote with its author."""
        return "\n".join(f"> {self.sentence()}" for _ in range(min(size, 2)))
