"""Missing and misnamed sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from spec_lsp.compare import normalise
from spec_lsp.markdown.section import Section
from spec_lsp.memo import once
from spec_lsp.rules.engine.model import (
    DocumentContext,
    Finding,
    Fix,
    FixContext,
    Fixer,
    Related,
    replacement,
)
from spec_lsp.rules.engine.registry import LADDER, rule
from spec_lsp.rules.fixes.edits import (
    heading_place,
    insert_section,
    insert_sections,
    section_asked_by,
    shown_title,
    title_place,
)
from spec_lsp.template.match.binding import Binding, Matches, bind
from spec_lsp.template.match.content import explains
from spec_lsp.template.match.missing import MissingSection, missing_sections
from spec_lsp.template.match.sections import SectionMatch

_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+)?")
_NOTE = re.compile(r"\([^()]*\)")
_NEAR_WORD = 0.65


@rule("missing-section", LADDER, reads="binding")
def missing_section(subject: DocumentContext) -> Iterator[Finding]:
    """A section that the template requires is absent.

    Readers look for a section where the template puts it.
    When nothing applies, a sentence that says so is an answer; an absent section is none.

    Only the topmost absent section is reported, not what belongs inside it.
    Where more than half of what belongs in one place is absent, that is said once.
    Sections that the template marks as optional are not required, nor are those that only explain
    how to write, such as ``Format: `[ID] [P?] Text` ``.
    Those that it has gained since the document was made are left to `newer-template`.
    In a draft this is a hint, later a warning, and an error in a finished document; where a
    document does not say how far it has come, it is information.

    ```markdown
    # Specification: Login
      ^^^^^^^^^^^^^^^^^^^^ the section “Requirements” is missing

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Overview

    Users log in with a passkey.

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    binding = subject.binding
    missing = [
        each
        for each in missing_sections(binding)
        if not _is_newer(subject, each) and not explains(each.slot)
    ]
    for group in _together(binding, missing):
        names = _names(group)
        yield Finding(
            heading_place(binding.document, group[0].parent),
            f"the section {names} is missing"
            if len(group) == 1
            else f"the sections {names} are missing",
            fixer=_insertions(binding, group, missing),
            related=_places(binding, group),
        )


@rule("newer-template", "info", reads="binding")
def newer_template(subject: DocumentContext) -> Iterator[Finding]:
    """The template has gained sections since the document was made.

    A document is judged by the template as it stood when the document was first committed.
    What the template has gained since then is said once for each document and softly: many teams
    leave old documents as they are.

    Where history does not tell how the template stood, nothing is reported here, and
    `missing-section` goes by the template of today.

    ```template_at_creation
    # Note: [Title]

    ## Reason
    ```

    ```template
    # Note: [Title]

    ## Reason

    ## Risks
    ```

    ```markdown
    # Note: Passkeys
      ^^^^^^^^^^^^^^ the template has gained the section “Risks”

    ## Reason

    Passwords are phished.
    ```
    """
    binding = subject.binding
    newer = [each for each in missing_sections(binding) if _is_newer(subject, each)]
    if not newer:
        return
    noun = "section" if len(newer) == 1 else "sections"
    yield Finding(
        title_place(binding.document),
        f"the template has gained the {noun} {_names(newer)}",
        fixer=_insertions(binding, newer, newer),
        related=_places(binding, newer),
    )


@rule("misnamed-section", "warning", reads="binding")
def misnamed_section(subject: DocumentContext) -> Iterator[Finding]:
    """A heading is nearly, but not quite, the title of a required section.

    Whoever searches for the section by its name, or links to it, will not find it.

    Case, emphasis, numbers, emoji and words in parentheses do not count, nor does a heading that
    has a word more or less than the template's.
    A heading is compared only with sections that are absent at its place.
    The fix is not safe, since links to the heading change with it.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## 1. Overveiw
       ^^^^^^^^^^^ did you mean “Overview”?

    Users log in with a passkey.

    ## Requirements

    A lost device can be replaced.

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    template_at_creation = (
        bind(subject.document, subject.template_at_creation)
        if subject.template_at_creation
        else None
    )
    for match in once(subject.binding.matches, _misnamed):
        before = (
            template_at_creation.matches.by_section.get(match.index)
            if template_at_creation
            else match
        )
        if before and before.how != "misnamed":
            continue
        title = shown_title(match.slot)
        section = subject.binding.section(match)
        if not match.slot.is_required or not _is_misspelt(section.title, title):
            continue
        yield Finding(
            heading_place(subject.document, section),
            f"did you mean “{title}”?",
            fixer=_renaming(subject, section, title),
            related=section_asked_by(subject.template, match.slot),
        )


def _misnamed(matches: Matches) -> list[SectionMatch]:
    return [match for match in matches.sections if match.how == "misnamed"]


def _is_newer(subject: DocumentContext, missing: MissingSection) -> bool:
    """Whether the template did not yet require a section when the document was made."""
    if not subject.template_at_creation:
        return False
    return missing.slot.path not in {
        slot.path for slot in subject.template_at_creation.slots if slot.is_required
    }


def _together(
    binding: Binding, missing: Sequence[MissingSection]
) -> Iterator[list[MissingSection]]:
    """The missing sections one by one, or as one group where they are the greater part."""
    by_parent: dict[int, list[MissingSection]] = {}
    for each in missing:
        by_parent.setdefault(each.parent.index if each.parent else -1, []).append(each)
    for group in by_parent.values():
        if len(group) > 1 and 2 * len(group) > _wanted(binding, group[0].parent):
            yield group
        else:
            yield from ([each] for each in group)


def _wanted(binding: Binding, parent: Section | None) -> int:
    """How many sections the template requires at a place."""
    slot = binding.slot_of(parent) if parent else None
    slots = slot.children if slot else binding.template.sections
    return sum(each.is_required for each in slots)


def _names(sections: Iterable[MissingSection]) -> str:
    return ", ".join(f"“{shown_title(each.slot)}”" for each in sections)


def _places(binding: Binding, sections: Iterable[MissingSection]) -> tuple[Related, ...]:
    """Where the template asks for sections."""
    return tuple(
        place for each in sections for place in section_asked_by(binding.template, each.slot)
    )


def _is_misspelt(title: str, wanted: str) -> bool:
    """Whether a title holds the same words as another one, each nearly so."""
    words, others = _words(title), _words(wanted)
    if words == others or len(words) != len(others):
        return False
    return all(
        SequenceMatcher(None, word, other).ratio() > _NEAR_WORD
        for word, other in zip(words, others, strict=True)
    )


def _words(title: str) -> list[str]:
    """The words of a title without notes in parentheses and without numbers."""
    plain = _NOTE.sub(" ", normalise(unicodedata.normalize("NFKC", title)))
    return re.findall(r"[^\W\d_]+", plain)


def _insertions(
    binding: Binding, wanted: Sequence[MissingSection], missing: Sequence[MissingSection]
) -> Fixer:
    """Fixes that insert one section, and all that are missing."""

    def fixes(_: FixContext) -> Iterator[Fix]:
        for each in wanted:
            yield insert_section(binding, each, f"Insert “{shown_title(each.slot)}”")
        if len(missing) > 1:
            yield insert_sections(binding, missing)

    return fixes


def _renaming(subject: DocumentContext, section: Section, title: str) -> Fixer:
    """A fix that puts the template's title in place of a heading's words; its number stays."""
    document = subject.document
    span = heading_place(document, section)
    number = _NUMBERING.match(span.of(document.text))
    bare = _NUMBERING.sub("", title, count=1)
    kept = number[0] if number else ""
    return lambda _: [replacement(document, span, kept + bare, f"Rename to “{title}”")]
