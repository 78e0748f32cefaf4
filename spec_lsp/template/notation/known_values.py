"""Whether a value is one of the choices of a template, or still the list of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spec_lsp.compare import fold, same_text
from spec_lsp.template.notation.choices import find_choice, read_choices

if TYPE_CHECKING:
    from spec_lsp.template.notation.choices import Choices

_UNDECIDED = {
    "tbd", "tba", "tbc", "todo", "n/a", "na", "none", "unknown", "undecided", "not applicable",
}  # fmt: skip
_CUT_SHORT = {
    "crit": "critical", "dev": "development", "doc": "documentation", "docs": "documentation",
    "feat": "feature", "info": "information", "maj": "major", "med": "medium", "min": "minor",
    "perf": "performance", "prod": "production",
}  # fmt: skip
_DATE = re.compile(r"\W{0,4}\d{4}\W\d\d\W\d\d\W{1,4}(?=\w)")
_NEGATED = re.compile(r"(?:not|no|never|un|non|almost|nearly|partly|partially)\b")
_JOINTS = re.compile(r"\s*(?:[,/&+;|→]|->|\band\b|\bor\b|\bto\b)\s*")


def is_known(value: str, choices: Choices) -> bool:
    """Whether a value is one or several of the choices, an abbreviation, or undecided.

    A date before the choice does not count: `2024-01-02: accepted`.
    """
    folded = fold(value)
    if date := _DATE.match(folded):
        folded = folded[date.end() :]
    if not folded or folded in _UNDECIDED or find_choice(value, choices):
        return True
    # `Framework` is one of `Standard (Core, Framework)`.
    notes = (part for each in choices.members for part in each.note.split(","))
    texts = [text for choice in (*choices.texts, *notes) if (text := fold(choice))]
    if _is_of_another_script(folded, texts):
        return True
    if any(_begins(folded, text) or _abbreviates(folded, text) for text in texts):
        return True
    if any(folded.endswith(f" {text}") for text in texts) and not _NEGATED.match(folded):
        return True
    texts += choices.by_note
    parts = [part for part in _JOINTS.split(folded) if part]
    return len(parts) > 1 and all(
        part in texts or any(_abbreviates(part, text) for text in texts) for part in parts
    )


def is_list(value: str, choices: Choices) -> bool:
    """Whether a value is the list of all choices, or the words of the template that list them."""
    if same_text(value) == same_text(choices.written):
        return True
    if not any(sign in value for sign in "|/,"):
        return False
    found = read_choices(value, "choices")
    return found is not None and {fold(t) for t in found.texts} >= {fold(t) for t in choices.texts}


def _begins(value: str, text: str) -> bool:
    """Whether a value begins with a choice or its plural: `High for now`, `No（新功能）`."""
    return bool(re.match(rf"{re.escape(text)}s?(?!\w)", value))


def _is_of_another_script(value: str, texts: list[str]) -> bool:
    """Whether a value may be a translation: it starts in a script that no choice uses."""
    return not value[0].isascii() and all(text.isascii() for text in texts)


def _abbreviates(value: str, text: str) -> bool:
    """Whether a value abbreviates a choice, or a choice abbreviates the value."""
    if len(value) > 2 and text.startswith(value):
        return True
    return text in _CUT_SHORT and _begins(value, _CUT_SHORT[text])
