"""Title patterns: a template's heading, and the headings of documents that match it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from spec_lsp.compare import normalise, without_marks
from spec_lsp.template.notation.languages import LETTER
from spec_lsp.template.notation.spelling import american

if TYPE_CHECKING:
    from collections.abc import Sequence

ANY = "\x00"
NUMBER = "\x01"
NEAR = 0.6  # least nearness of similar titles

_PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\{[^{}]*\}|\[[^\[\]]*\]|<!--.*?-->|<[A-Za-z][^<>]*>|\$[A-Z_]{3,}"
    r"|(?<=\s)(?:\.{3}|…)(?!\S)"
)
_SAMPLE = re.compile(
    r"(?P<words>[^\d\s][^\d]{1,60}?)(?:[ -]?#?(?P<number>\d{1,2})|\s(?P<letter>[A-Z]))"
)
_FIRST_OF_SAMPLES = ("1", "A")
_NUMBER_MARK = re.compile(
    rf"(?<![{LETTER}])(?:N|n|X{{2,}}|N{{2,}}|#{{1,}})(?![{LETTER}])|(?<=[-_])X{{2,}}"
)
_GENERIC = re.compile(
    r"\b(?:titles?|names?|subtitle|subject|topic|summary|description)\b", re.IGNORECASE
)
_GENERIC_TITLE = re.compile(
    r"(?:[\w'’/-]+ ){0,4}?(?:title|name|subtitle)s?(?: (?:of|for)\b.*)?", re.IGNORECASE
)
LEGEND = re.compile(r"`[^`]*\[[^\[\]`]*\][^`]*\[[^\[\]`]*\][^`]*`")
_TAIL = re.compile(r"(?:\s*\([^()]*\))+$")
_PARTS = re.compile(r"[,/+;()&]|\b(?:and|or)\b")
_SUBTITLE = re.compile(r": .*$")
_DENIAL = re.compile(r"(?<![^\W_])(?:non|not|no|out of|without)(?![^\W_])")
_MOST_SAMPLE_WORDS = 4
_LONGEST = 400  # code points of a title; the rest is not compared
_SMALL_WORDS = frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"))


@dataclass(frozen=True)
class TitlePattern:
    """A title in a template.

    `key` is the normalised title, with `*` for each placeholder and `#` for each number.
    """

    key: str
    expression: str = ""

    @property
    def is_literal(self) -> bool:
        """Whether the title contains no placeholder and no open number."""
        return not self.expression

    @property
    def is_worded(self) -> bool:
        """Whether the title contains no placeholder; it may contain open numbers."""
        return "*" not in self.key if self.expression else True

    @cached_property
    def head(self) -> str:
        """The words before the first placeholder or open number."""
        return (
            re.split(r"[*#]", self.key, maxsplit=1)[0].rstrip(": ") if self.expression else self.key
        )

    def names(self, title: str) -> bool:
        """Whether a title matches and has all words of this pattern, at least one."""
        key = normalise(title)
        return bool(self.words) and self.matches(title) and all(each in key for each in self.words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words between the placeholders."""
        parts = (part.strip(" :()") for part in re.split(r"[*#]", self.key))
        return tuple(part for part in parts if re.search(r"[^\W\d_]{3}", part))

    @cached_property
    def bare(self) -> tuple[str, str]:
        """What all spellings of the title share, with its subtitle and without it."""
        return bare_keys(self.key)

    @property
    def stem(self) -> str:
        """The key up to its last placeholder, which all samples of a repeatable block share."""
        head, star, _ = self.key.rpartition("*")
        return head + star if self.expression and star else self.key

    def matches(self, title: str) -> bool:
        """Whether a document's heading matches this pattern."""
        key = normalise(title)
        if not self.expression:
            return key == self.key
        return bool(_compiled(self.expression).fullmatch(key))

    def nearness(self, title: str) -> float:
        """The similarity of two titles: the share of common words in the longer one, from 0 to 1.

        Typing errors are ignored. `Alternatives` is similar to `Rationale and Alternatives`, but
        `Modified Requirements` is not the same as `Added Requirements`.
        """
        if not self.is_worded or is_denied(self.key) != is_denied(title):
            return 0.0
        own, others = _words(self.key), _words(normalise(title))
        shared = sum(any(_is_same_word(word, other) for other in others) for word in own)
        least, most = sorted((len(own), len(others)))
        return shared / most if least and shared >= least else 0.0


def bare_keys(title: str) -> tuple[str, str]:
    """What all spellings of a title share, with its subtitle and without it.

    `Non-goals`, `Non goal 2` and `Nongoals (v1)` are spellings of one title.
    """
    key = normalise(title)
    return _bare(key), _bare(_SUBTITLE.sub("", key))


def bare_parts(title: str) -> frozenset[str]:
    """The parts of a title that names several things, such as `Risks and Alternatives`."""
    return frozenset(_bare(part) for part in _PARTS.split(normalise(title)) if part.strip())


def bare_words(title: str) -> frozenset[str]:
    """The words of a title, as singulars."""
    return frozenset(bare_list(title))


def bare_list(title: str) -> list[str]:
    """The words of a title, as singulars, in their order."""
    return [singular(word) for word in _words(normalise(title))]


def head_word(title: str) -> str:
    """The last word of a title of several, which names its subject; empty if the title denies it.

    A reader finds `Implementation History` under `History`, but not `Out of Scope` under `Scope`.
    """
    words = normalise(title).split()
    return _bare(words[-1]) if len(words) > 1 and not is_denied(title) else ""


def is_denied(title: str) -> bool:
    """Whether a title says what is not: `Non-Goals`, `Out of Scope`."""
    return bool(_DENIAL.search(normalise(title)))


def has_open_number(title: str) -> bool:
    """Whether the number in a template's title is open: `PS-N`, `Alternative XX`."""
    return bool(_NUMBER_MARK.search(without_marks(title)))


@dataclass(frozen=True, slots=True)
class SampleTitle:
    """A numbered title that means several: the words and the number of `Option 2`."""

    words: str
    number: str

    @property
    def expects_others(self) -> bool:
        """Whether the title is a sample without others beside it: `Option 1`, `Risk: ... 3`."""
        return self.number in _FIRST_OF_SAMPLES or bool(_PLACEHOLDER.search(self.words))

    @property
    def pattern(self) -> TitlePattern:
        """The pattern of all titles with these words and any number, such as `Option 3: Wait`."""
        key = normalise(_PLACEHOLDER.sub(ANY, self.words))
        number = r"(?:[-_ ]?\d[\w.]*|[- ][a-z])"
        return TitlePattern(f"{key.replace(ANY, '*')} #", f"{_pattern(key)}{number}(?:[:. (].*)?")


def sample_title(title: str) -> SampleTitle | None:
    """Read a title that ends with a number or a capital letter, such as `Alternative B`."""
    match = _SAMPLE.fullmatch(without_marks(title[:_LONGEST]).rstrip(" :"))
    if not match or len(match["words"].split()) > _MOST_SAMPLE_WORDS:
        return None
    return SampleTitle(match["words"].rstrip(" -#"), match["number"] or match["letter"])


def title_pattern(
    title: str, *, is_document_title: bool = False, is_numbered: bool = False
) -> TitlePattern:
    """The pattern of a template's heading.

    `FR1: [Requirement Name]` matches `FR-7 — Log in`; `PS-N — Short Title` matches `PS-3 — Menus`.
    With `is_numbered` every number is open, as in the headings inside a repeatable block.
    """
    title = title[:_LONGEST]
    if LEGEND.search(title):
        # `Format: [ID] [P?] Story` in code explains a notation and contains no placeholder.
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
    """Whether a title only describes the title to be written: `Feature Name — Scope`."""
    first = re.split(r"\s[–—-]\s|:\s", text, maxsplit=1)[0].strip()
    return ANY not in text and bool(_GENERIC_TITLE.fullmatch(first))


def _generic_tail(text: str) -> str:
    """Replace a generic tail by `ANY`: in `PS-N — Short Title` the words after the number."""
    head, number, tail = text.rpartition(NUMBER)
    if _GENERIC.search(tail):
        lead = re.match(r"[\s:.–—-]*", tail)
        return f"{head}{number}{lead[0] if lead else ' '}{ANY}"
    return text


def _expression(key: str) -> str:
    """The expression for a normalised title; the text after its last placeholder is optional."""
    head, any_text, tail = key.rpartition(ANY)
    if not any_text:
        return _pattern(key)
    named = NUMBER in head and re.fullmatch(rf"(?P<number>.*{NUMBER})(?P<name>: )", head)
    if named:
        return f"{_pattern(named['number'])}(?:(?::\\ |\\ ).+?(?:{_pattern(tail)})?)?"
    return f"{_pattern(head)}.+?(?:{_pattern(tail)})?"


def _pattern(key: str) -> str:
    """The expression for a part of a title: separators are equivalent, and `FR1` matches `FR-1`."""
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
    words = re.findall(r"[^\W\d_]+", _TAIL.sub("", key))
    return "".join(american(singular(word)) for word in words if word not in _SMALL_WORDS) or key


def singular(word: str) -> str:
    """A word without the ending of a plural."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _words(key: str) -> Sequence[str]:
    words = re.findall(r"[^\W_]+", key[:_LONGEST])
    return [word for word in words if word not in _SMALL_WORDS and not word.isdigit()]


def _is_same_word(one: str, other: str) -> bool:
    """Whether two words are equal apart from a typing error or an ending."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one.isdigit():
        return False
    if f"un{one}" == other or one == f"un{other}":
        return False
    return (
        one.rstrip("s") == other.rstrip("s")
        or sorted(one) == sorted(other)
        or SequenceMatcher(None, one, other).ratio() >= 0.85
    )


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
