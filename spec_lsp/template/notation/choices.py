"""Choices: lists of allowed values in templates, and which of them a document's value means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from spec_lsp.compare import fold, without_decoration

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRAPPERS = (("{{", "}}"), ("[", "]"), ("{", "}"), ("<", ">"), ("(", ")"), ("`", "`"))
_OPENERS = tuple({left[0] for left, _ in _WRAPPERS})
_NOTE = re.compile(r"(?P<text>[^()]*?[^()\s])\s*\((?P<note>[^()]*)\)\s*$")
_LEAD = re.compile(r"(?:(?:choose|select|pick) )?(?:one|any|either) of:?\s+", re.IGNORECASE)
_OR = re.compile(r", ?(?:or )?| or ", re.IGNORECASE)
_ELLIPSIS = ("…", "...", "etc.", "etc")
_PARAMETER = re.compile(
    r"\s*(?:\[[^\]]*\](?:\([^)]*\))?|<[^>]*>|\{[^}]*\}|\b[A-Z]{2,}[-_](?:(?:\d+|X+|N+)\b|#+)).*$"
)
_PLACEHOLDER_WORDS = re.compile(
    r"\b(?:url|urls|link|links|description|text|ticket|issue|name|names|email|title|path|date|time"
    r"|team|individual|person|owner|group|number|none or)\b",
    re.IGNORECASE,
)
_STATUS_LIKE = re.compile(
    r"\b(?:status|state|priority|severity|type|category|stage|phase|level)\b", re.IGNORECASE
)
_TAIL = re.compile(r"\s*[(,;:.@–—]|\s+(?:-|v?\d|(?:as|by|in|on|since)\b)", re.IGNORECASE)
_EXAMPLES = re.compile(r"\b(?:e\.?g\b\.?|for (?:example|instance)|such as)[:,]?", re.IGNORECASE)
_LONGEST = 400  # code points of a value; the rest is not compared
_MOST_WORDS = 4  # words in a choice
_KNOWN_PAIRS = {
    ("yes", "no"),
    ("pass", "fail"),
    ("true", "false"),
    ("on", "off"),
    ("open", "closed"),
    ("high", "low"),
    ("low", "high"),
}


def read_choices(value: str, name: str = "") -> Choices | None:
    """The choices that a template's value lists, or None if it is not such a list."""
    text, wrapper = unwrap(value)
    # `What is the status, such as proposed, accepted or rejected?`
    asked = text.removesuffix("?").partition(" such as ")[2] if text.endswith("?") else ""
    are_examples = bool(_EXAMPLES.search(text))
    text = asked or _EXAMPLES.sub("", text).strip()
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    for members in _splits(text, name, is_wrapped=bool(wrapper[0] or lead or asked)):
        found = [_member(member) for member in members]
        kept = tuple(choice for choice in found if choice)
        if len(kept) >= 2:
            # A list in prose, or within a note, only explains what is meant.
            is_open = are_examples or ("|" not in text and "/" not in text)
            is_open = is_open or any("," in choice.note for choice in kept)
            is_open = is_open or len(kept) < len(found) or any(choice.is_open for choice in kept)
            is_open = is_open or _describes_one(kept)
            return Choices(kept, is_open, wrapper, value)
    return None


def _describes_one(choices: Iterable[Choice]) -> bool:
    """Whether one of the capitalised choices is a description: `Open | a short explanation`."""
    texts = [choice.text for choice in choices]
    phrases = [text for text in texts if text[:1].islower() and len(text.split()) > 2]
    return bool(phrases) and any(text[:1].isupper() for text in texts)


def unwrap(value: str) -> tuple[str, tuple[str, str]]:
    """A value without the brackets, braces or quotes around all of it, and the pair removed."""
    value = value.strip().strip("\"'")
    if not value.startswith(_OPENERS):
        return value, ("", "")
    for left, right in _WRAPPERS:
        inner = value[len(left) : len(value) - len(right)]
        if len(value) > len(left) + len(right) and value.startswith(left) and value.endswith(right):
            if left in inner or right in inner:
                continue
            return inner.strip(), (left, right)
    if value.startswith(("{", "[")) and value[1:] and not re.search(r"[\]}]", value):
        return value[1:].strip(), (value[0], "")
    return value, ("", "")


def find_choice(value: str, choices: Choices) -> Choice | None:
    """The choice that a document's value means.

    Decoration and a tail are ignored: `✅ Done (2025-11-14)` means `Done`, and
    `**Implemented (Swift 6.0)**` means `Implemented`.
    """
    value = value[:_LONGEST]
    folded = fold(value)
    if folded in choices.by_text:
        return choices.by_text[folded]
    noted = {
        fold(f"{choice.text} {choice.note}"): choice for choice in choices.members if choice.note
    }
    if folded in noted or folded in choices.by_note:
        return noted.get(folded) or choices.by_note[folded]
    plain = without_decoration(value)
    starts = [choice for choice in choices.members if _begins(plain, choice)]
    return max(starts, key=lambda choice: len(choice.text), default=None)


def _begins(plain: str, choice: Choice) -> bool:
    """Whether a value is a choice with a tail that does not change its meaning.

    An open choice is followed by the thing it refers to: `superseded by ADR-0123`.
    """
    words = (re.escape(word) for word in fold(choice.text).split())
    match = re.match(r"[\s_-]+".join(words), plain, re.IGNORECASE)
    if not match or not match.end():
        return False
    rest = plain[match.end() :]
    return bool(_TAIL.match(rest)) or (choice.is_open and rest.startswith(" "))


def _splits(text: str, name: str, *, is_wrapped: bool) -> list[list[str]]:
    if "|" in text:
        members = text.replace("\\|", "|").split("|")
        return [members] if _is_list(members) else []
    if " / " in text:
        members = text.split(" / ")
        are_short = len(members) > 2 or not any(" " in member.strip() for member in members)
        is_sure = _is_plain_list(members) and (are_short or _is_pair(members, name))
        is_sure = is_sure or _are_words(members, name)
        return [members] if is_sure and _is_list(members) else []
    if "/" in text and not re.search(r"\s", text):
        members = text.split("/")
        return [members] if _is_slashed(members, name) else []
    if "," in text and _STATUS_LIKE.search(name):
        members = _OR.split(" ".join(text.split()).rstrip("."))
        is_sure = is_wrapped or (len(members) > 2 and _is_plain_list(members))
        is_prose = any(member.startswith("and ") for member in members)
        return [members] if is_sure and not is_prose and _is_list(members) else []
    return []


def _is_list(members: list[str]) -> bool:
    return (
        all(
            len(_NOTE.sub(r"\g<text>", member.strip()).split()) <= _MOST_WORDS
            and "/" not in _PARAMETER.sub("", member)
            and "|" not in member
            and not _PLACEHOLDER_WORDS.search(_PARAMETER.sub("", member))
            for member in members
            if member.strip()
        )
        and sum(bool(member.strip()) for member in members) >= 2
    )


def _is_plain_list(members: list[str]) -> bool:
    return all(re.fullmatch(r"[A-Z][\w -]{1,24}", member.strip()) for member in members)


def _are_words(members: list[str], name: str) -> bool:
    """Whether three or more single words are the values of a status, a type and the like."""
    words = (re.fullmatch(r"[a-z][\w-]{1,24}", member.strip()) for member in members)
    return len(members) > 2 and bool(_STATUS_LIKE.search(name)) and all(words)


def _is_slashed(members: list[str], name: str) -> bool:
    """Whether parts joined by slashes are a list: `High/Med/Low` is one, `CI/CD` is a word."""
    if not all(re.fullmatch(r"[A-Z][A-Za-z-]{1,24}", member) for member in members):
        return False
    if any(_PLACEHOLDER_WORDS.fullmatch(member) for member in members):
        return False
    if len(members) > 2:
        return not all(member.isupper() for member in members)
    return _is_pair(members, name) and not any(member[1:].isupper() for member in members)


def _is_pair(members: list[str], name: str) -> bool:
    """Whether two parts are all values: for a status and the like, or if the pair is known.

    Otherwise they describe what to write: `[Hash/Signature]`.
    """
    pair = tuple(member.strip().casefold() for member in members)
    return pair in _KNOWN_PAIRS or bool(_STATUS_LIKE.search(name))


def _member(text: str) -> Choice | None:
    """One member of a list, or None for an ellipsis, which means that other values are allowed."""
    text = text.strip().strip("`*\"'")
    if text in _ELLIPSIS or not text:
        return None
    parameter = _PARAMETER.search(text)
    if parameter and parameter.start():
        return Choice(text[: parameter.start()].strip(), is_open=True)
    noted = _NOTE.match(text)
    return Choice(noted["text"], noted["note"]) if noted else Choice(text)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field may have.

    An open choice continues: `superseded by ADR-0123` may refer to any other decision.
    """

    text: str
    note: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Choices:
    """The values that a field or a column may have, in life-cycle order.

    `wrapper` is the pair of brackets around the list in the template, such as `[` and `]`, and
    `written` the whole list as it is there.
    """

    members: tuple[Choice, ...]
    is_open: bool = False
    wrapper: tuple[str, str] = ("", "")
    written: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The values without their notes."""
        return tuple(choice.text for choice in self.members)

    @cached_property
    def by_text(self) -> dict[str, Choice]:
        """The choices by their folded text; of two equal ones the last."""
        return {fold(choice.text): choice for choice in self.members}

    @cached_property
    def by_note(self) -> dict[str, Choice]:
        """The choices by the values that their notes list: `Standard (Core, Edge)`."""
        return {
            fold(part): choice
            for choice in self.members
            if "," in choice.note
            for part in choice.note.split(",")
            if 0 < len(part.split()) <= _MOST_WORDS
        }
