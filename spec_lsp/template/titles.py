"""Comparing headings: what counts in a title, and what a title with placeholders matches."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

ANY = "\x00"
NUMBER = "\x01"
NEAR = 0.82

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_CONDITION = (
    r"(?:optional|recommended|if|where|when|as needed|as applicable|include (?:only )?(?:if|when)"
    r"|only (?:if|when)|delete (?:if|when)|remove (?:if|when)|may be omitted)\b"
)
_MANDATORY = r"(?:mandatory|required|must have|always)\b"
_OPTIONAL_MARK = re.compile(
    rf"\s*[(\[]\s*{_CONDITION}[^()\[\]]*[)\]]|\s+[-–—]\s+optional\s*$", re.IGNORECASE
)
_REQUIRED_MARK = re.compile(rf"\s*[(\[]\s*{_MANDATORY}[^()\[\]]*[)\]]", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:§\s*)?\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=\S)")
_SEPARATOR = re.compile(r"\s*(?:[:.]|[–—]|\s-)\s+")
_PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\{[^{}]*\}|\[[^\[\]]*\]|<!--.*?-->|<[A-Za-z][^<>]*>|\$[A-Z_]{3,}"
)
_NUMBER_MARK = re.compile(r"(?<![A-Za-z])(?:N|n|X{2,}|N{2,}|#{1,})(?![A-Za-z])|(?<=[-_])X{2,}")
_GENERIC = re.compile(
    r"\b(?:titles?|names?|subtitle|subject|topic|summary|description)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
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
    def head(self) -> str:
        """The words before its first placeholder."""
        return (
            re.split(r"[*#]", self.key, maxsplit=1)[0].rstrip(": ") if self.expression else self.key
        )

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
        """How much a heading looks like a misspelling of this title, from 0 to 1."""
        if self.expression:
            return 0.0
        return SequenceMatcher(None, self.key, normalise(title)).ratio()


def optional_mark(title: str) -> Literal["optional", "required", ""]:
    """What a heading says about itself: `(optional)`, `*(mandatory)*`, or nothing."""
    plain = _MARKS.sub("", title)
    if _OPTIONAL_MARK.search(plain):
        return "optional"
    return "required" if _REQUIRED_MARK.search(plain) else ""


@lru_cache(maxsize=4096)
def normalise(title: str) -> str:
    """What remains of a title when writing habits are taken away.

    Case, emphasis, code marks, emoji, numbering, optional marks and a trailing colon do not count.
    """
    text = without_marks(title)
    text = (
        "".join(" " if _is_emoji(char) else char for char in text) if not text.isascii() else text
    )
    text = " ".join(text.casefold().replace("&", " and ").split())
    bare = _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text
    bare = _SEPARATOR.sub(": ", bare)
    return bare.strip(" :-–—.") or text


def without_marks(title: str) -> str:
    """A title without emphasis, code marks, link targets and optional marks."""
    text = _MARKS.sub("", _LINK.sub(r"\1", title))
    return _REQUIRED_MARK.sub("", _OPTIONAL_MARK.sub("", text)).strip()


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
    text = _PLACEHOLDER.sub(ANY, without_marks(title))
    numbered = _NUMBER_MARK.sub(NUMBER, text)
    if numbered != text or (is_document_title and ANY not in text):
        numbered = _generic_tail(numbered)
    text = re.sub(r"\d+", NUMBER, numbered) if is_numbered else numbered
    if ANY not in text and NUMBER not in text:
        return TitlePattern(normalise(title))
    key = normalise(text)
    key = re.sub(r"\d+", NUMBER, key)
    shown = key.replace(ANY, "*").replace(NUMBER, "#")
    return TitlePattern(shown, _expression(key))


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


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk") or char in "\u200d\ufe0f\u20e3"
