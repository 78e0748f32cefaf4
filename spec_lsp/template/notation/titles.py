"""Comparing headings: what counts in a title, and what a title with placeholders matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise, without_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

ANY = "\x00"
NUMBER = "\x01"
NEAR = 0.6

_PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\{[^{}]*\}|\[[^\[\]]*\]|<!--.*?-->|<[A-Za-z][^<>]*>|\$[A-Z_]{3,}"
)
_NUMBER_MARK = re.compile(r"(?<![A-Za-z])(?:N|n|X{2,}|N{2,}|#{1,})(?![A-Za-z])|(?<=[-_])X{2,}")
_GENERIC = re.compile(
    r"\b(?:titles?|names?|subtitle|subject|topic|summary|description)\b", re.IGNORECASE
)
_GENERIC_TITLE = re.compile(
    r"(?:[\w'’/-]+ ){0,4}?(?:title|name|subtitle)s?(?: (?:of|for)\b.*)?", re.IGNORECASE
)
LEGEND = re.compile(r"`[^`]*\[[^\[\]`]*\][^`]*\[[^\[\]`]*\][^`]*`")
_TAIL = re.compile(r"(?:\s*\([^()]*\))+$")
_SUBTITLE = re.compile(r": .*$")
_LONGEST = 400
_SMALL_WORDS = frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"))


@dataclass(frozen=True)
class TitlePattern:
    """A title as a template writes it.

    `key` is its normalised form; where it has placeholders they stand as `*` and numbers as `#`.
    """

    key: str
    expression: str = ""

    @property
    def is_literal(self) -> bool:
        """Whether it holds no placeholder."""
        return not self.expression

    @property
    def is_worded(self) -> bool:
        """Whether all its words are given and at most its numbers are open."""
        return "*" not in self.key if self.expression else True

    @cached_property
    def head(self) -> str:
        """The words before its first placeholder."""
        return (
            re.split(r"[*#]", self.key, maxsplit=1)[0].rstrip(": ") if self.expression else self.key
        )

    def names(self, title: str) -> bool:
        """Whether a document's title has all the words of this pattern, which has some."""
        key = normalise(title)
        return bool(self.words) and self.matches(title) and all(each in key for each in self.words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its own between its placeholders."""
        parts = (part.strip(" :()") for part in re.split(r"[*#]", self.key))
        return tuple(part for part in parts if re.search(r"[^\W\d_]{3}", part))

    @cached_property
    def bare(self) -> str:
        """The key without its numbers and what stands in brackets at its end."""
        return _bare(self.key)

    @property
    def stem(self) -> str:
        """The key up to its last free text: what samples of one block have in common."""
        head, star, _ = self.key.rpartition("*")
        return head + star if self.expression and star else self.key

    def matches(self, title: str) -> bool:
        """Whether a document's heading is one of these."""
        key = normalise(title)
        if not self.expression:
            return key == self.key
        return bool(_compiled(self.expression).fullmatch(key))

    def nearness(self, title: str) -> float:
        """How much of the longer title's words the other one has, from 0 to 1.

        Slips of the pen do not count. `Alternatives` is near `Rationale and Alternatives`, but
        `Modified Requirements` is something else than `Added Requirements`.
        """
        if not self.is_worded:
            return 0.0
        own, others = _words(self.key), _words(normalise(title))
        shared = sum(any(_is_same_word(word, other) for other in others) for word in own)
        least, most = sorted((len(own), len(others)))
        return shared / most if least and shared >= least else 0.0


def bare_keys(title: str) -> tuple[str, str]:
    """What a heading says apart from its numbers, with and without what explains it."""
    bare = _bare(normalise(title))
    return bare, _SUBTITLE.sub("", bare)


def has_open_number(title: str) -> bool:
    """Whether a template's title leaves its number open: `PS-N`, `Alternative XX`."""
    return bool(_NUMBER_MARK.search(without_marks(title)))


def title_pattern(
    title: str, *, is_document_title: bool = False, is_numbered: bool = False
) -> TitlePattern:
    """Understand a template's heading.

    `FR1: [Requirement Name]` matches `FR-7 — Log in`; `PS-N — Short Title` matches `PS-3 — Menus`.
    With `is_numbered` every number is open, as in the headings inside a repeatable block.
    """
    title = title[:_LONGEST]
    if LEGEND.search(title):
        # `Format: [ID] [P?] Story` in code explains a notation and waits for nothing.
        return TitlePattern(normalise(title))
    text = _PLACEHOLDER.sub(ANY, without_marks(title))
    numbered = _NUMBER_MARK.sub(NUMBER, text)
    if numbered != text:
        numbered = _generic_tail(numbered)
    elif is_document_title and _is_generic(text):
        numbered = ANY
    text = re.sub(r"\d+", NUMBER, numbered) if is_numbered else numbered
    if ANY not in text and NUMBER not in text:
        return TitlePattern(normalise(title))
    key = normalise(text)
    key = re.sub(r"\d+", NUMBER, key)
    shown = key.replace(ANY, "*").replace(NUMBER, "#")
    return TitlePattern(shown, _expression(key))


def _is_generic(text: str) -> bool:
    """Whether a document's title only says that a title belongs there: `Feature Name — Scope`."""
    first = re.split(r"\s[–—-]\s|:\s", text, maxsplit=1)[0].strip()
    return ANY not in text and bool(_GENERIC_TITLE.fullmatch(first))


def _generic_tail(text: str) -> str:
    """In `PS-N — Short Title` the words behind the number only say what belongs there."""
    head, number, tail = text.rpartition(NUMBER)
    if _GENERIC.search(tail):
        lead = re.match(r"[\s:.–—-]*", tail)
        return f"{head}{number}{lead[0] if lead else ' '}{ANY}"
    return text


def _expression(key: str) -> str:
    """The expression of a normalised title; what follows its last placeholder may be left out."""
    head, any_text, tail = key.rpartition(ANY)
    if not any_text:
        return _pattern(key)
    named = NUMBER in head and re.fullmatch(rf"(?P<number>.*{NUMBER})(?P<name>: )", head)
    if named:
        return f"{_pattern(named['number'])}(?:(?::\\ |\\ ).+?(?:{_pattern(tail)})?)?"
    return f"{_pattern(head)}.+?(?:{_pattern(tail)})?"


def _pattern(key: str) -> str:
    """A part of a title as an expression: separators are alike, and `FR1` is `FR-1`."""
    expression = ""
    for part in re.split(f"([{ANY}{NUMBER}])", key):
        if part == ANY:
            expression += ".+?"
        elif part == NUMBER:
            expression = expression.removesuffix(r"\ ").removesuffix(r"\-")
            expression += r"[-_ ]?(?:\d[\w.]*|[a-z]\d*)"
        else:
            expression += re.escape(part).replace(r":\ ", r"(?::\ |\ )")
    return expression


def _bare(key: str) -> str:
    return " ".join(re.sub(r"\d+|#", "", _TAIL.sub("", key)).split())


def _words(key: str) -> Sequence[str]:
    words = re.findall(r"[^\W_]+", key[:_LONGEST])
    return [word for word in words if word not in _SMALL_WORDS and not word.isdigit()]


def _is_same_word(one: str, other: str) -> bool:
    """Whether two words are the same but for a slip of the pen or an ending."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one.isdigit():
        return False
    return (
        one.rstrip("s") == other.rstrip("s")
        or sorted(one) == sorted(other)
        or SequenceMatcher(None, one, other).ratio() >= 0.85
    )


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
