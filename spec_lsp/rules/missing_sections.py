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
    Asked,
    DocumentContext,
    Finding,
    Fix,
    FixContext,
    Fixer,
    Listed,
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
from spec_lsp.template.match.binding import Binding, Matches
from spec_lsp.template.match.content import explains
from spec_lsp.template.match.due import is_later
from spec_lsp.template.match.missing import MissingSection, is_revoked, missing_sections
from spec_lsp.template.match.needs import lacking_parts
from spec_lsp.template.match.sections import SectionMatch
from spec_lsp.template.match.slot_keys import section_key
from spec_lsp.template.notation.titles import singular

_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+)?")
_NOTE = re.compile(r"\([^()]*\)")
_NEAR_WORD = 0.65
_LONGEST_ENDING = 3  # letters, as in `Testing` for `Test`


@rule("missing-section", LADDER, reads="binding")
def missing_section(subject: DocumentContext) -> Iterator[Finding]:
    """A section that the template requires is missing.

    Readers expect each section where the template has it.
    If nothing applies, keep the section and say so.

    Only the outermost missing section is reported, not the sections inside it.
    If more than half of the required sections in one place are missing, they are reported together.
    Sections that the template marks as optional are not required.
    Nor are numbered samples such as `Option 1`, tables of contents, instructions for authors,
    sections that only explain how to write, such as ``Format: `[ID] [P?] Text` ``, and references
    and related documents without sections of their own, unless the template says `required`.
    A section counts as present at any level and under any parent, as one of several in a heading
    such as `Risks and Alternatives`, by the last word of its title, and as a line in bold; so does
    one that only groups others if one of them is present.
    A renamed section counts as well: another heading in its place, between the same neighbours,
    that is about the same, such as `Background` for `Motivation`, or `Security Measures` for
    `Security Design`.
    A section that the author has put in a comment is left out on purpose.
    A document is checked against the template version of its first commit, or against the current
    one if the git history has none; what the current one marks as optional is not required, nor is
    what it has dropped, if the document has a section that only the current one has.
    Nothing is required of a document that is older than its template, by the git history or by the
    creation date in its header.
    Severity grows as a document matures: a hint in a draft, then a warning, and an error in a final
    document; info in a document without a status.

    ```markdown
    # Specification: Login
      ^^^^^^^^^^^^^^^^^^^^ Section “Requirements” is missing

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## Overview

    Users log in with a passkey.

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    binding = subject.binding
    is_final = subject.stage == "final"
    missing = [
        each
        for each in _missing(binding)
        if not is_revoked(binding, each.slot) and (is_final or not is_later(binding, each.slot))
    ]
    if subject.today and not _missing(subject.today):
        return  # The document has been adapted to today's template.
    for each in missing:
        name = _names([each])
        most = max(1, _wanted(binding, each.parent) // 2)
        yield Finding(
            heading_place(binding.document, each.parent),
            f"Section {name} is missing",
            fixer=_insertions(binding, [each], missing),
            related=_places(binding, [each]),
            asked=Asked(section_key(each.slot)),
            listed=Listed(name, "Sections {} are missing", most),
        )
    for section, part in lacking_parts(binding):
        yield Finding(heading_place(binding.document, section), f"Section “{part}” is missing")


@rule("newer-template", "hint", reads="binding", is_on=False)
def newer_template(subject: DocumentContext) -> Iterator[Finding]:
    """The template requires sections that were added after the document was created.

    A document is checked against the template version of its first commit.
    Sections added since are reported by this rule only, which is disabled by default: many teams
    leave old documents unchanged.

    A section that was somewhere in that version, even elsewhere or as an optional one, has not been
    added since.
    If the git history does not contain that version, this rule reports nothing.

    ```toml
    [rules]
    newer-template = "hint"
    ```

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
      ^^^^^^^^^^^^^^ The template now has a section “Risks”

    ## Reason

    Passwords are phished.
    ```
    """
    binding = subject.today
    known = {slot.pattern.key for slot in subject.template.slots}
    missing = missing_sections(binding) if binding else ()
    newer = [each for each in missing if each.slot.pattern.key not in known]
    if not binding or not newer:
        return
    noun = "a section" if len(newer) == 1 else "sections"
    yield Finding(
        title_place(binding.document),
        f"The template now has {noun} {_names(newer)}",
        fixer=_insertions(binding, newer, newer),
        related=_places(binding, newer),
    )


@rule("misnamed-section", "warning", reads="binding")
def misnamed_section(subject: DocumentContext) -> Iterator[Finding]:
    """A heading looks like a misspelling of a required section's title.

    Searches for the section and links to it fail.

    Case, emphasis, numbers, emoji, words in parentheses and the endings of words are ignored, and a
    heading with a word more or less than the template's is not reported.
    A heading is compared only with the sections that are missing in its place.
    The fix is unsafe because it breaks links to the heading.

    ```markdown
    # Specification: Login

    **Specification ID**: SPEC-001
    **Status**: Draft

    ## 1. Overveiw
       ^^^^^^^^^^^ Did you mean “Overview”?

    Users log in with a passkey.

    ## Requirements

    A lost device can be replaced.

    ## Acceptance

    - [ ] Reviewed
    ```
    """
    for match in once(subject.binding.matches, _misnamed):
        today = subject.today.matches.by_section.get(match.index) if subject.today else None
        if today and today.how != "misnamed":
            continue
        title = shown_title(match.slot)
        section = subject.binding.section(match)
        if not match.slot.is_required or not _is_misspelt(section.title, title):
            continue
        yield Finding(
            heading_place(subject.document, section),
            f"Did you mean “{title}”?",
            fixer=_renaming(subject, section, title),
            related=section_asked_by(subject.template, match.slot),
        )


def _misnamed(matches: Matches) -> list[SectionMatch]:
    return [match for match in matches.sections if match.how == "misnamed"]


def _missing(binding: Binding) -> list[MissingSection]:
    return [each for each in missing_sections(binding) if not explains(each.slot)]


def _wanted(binding: Binding, parent: Section | None) -> int:
    """Number of sections that the template requires below a parent."""
    slot = binding.slot_of(parent) if parent else None
    slots = slot.children if slot else binding.template.sections
    return sum(each.is_required for each in slots)


def _names(sections: Iterable[MissingSection]) -> str:
    return ", ".join(f"“{shown_title(each.slot)}”" for each in sections)


def _places(binding: Binding, sections: Iterable[MissingSection]) -> tuple[Related, ...]:
    """Related information: the template's headings of the sections."""
    return tuple(
        place for each in sections for place in section_asked_by(binding.template, each.slot)
    )


def _is_misspelt(title: str, wanted: str) -> bool:
    """Whether two titles have equally many words, and those that differ differ by a typing error.

    Another form of a word, such as a plural, is not an error.
    """
    words, others = _words(title), _words(wanted)
    differing = [pair for pair in zip(words, others, strict=False) if not _is_form(*pair)]
    return (
        len(words) == len(others)
        and bool(differing)
        and all(
            SequenceMatcher(None, word, other).ratio() > _NEAR_WORD for word, other in differing
        )
    )


def _is_form(word: str, other: str) -> bool:
    """Whether two words are the same or forms of one: one is the other with an ending."""
    stem, longer = sorted((singular(word), singular(other)), key=len)
    return longer.startswith(stem) and len(longer) - len(stem) <= _LONGEST_ENDING


def _words(title: str) -> list[str]:
    """The words of a title without notes in parentheses and without numbers."""
    plain = _NOTE.sub(" ", normalise(unicodedata.normalize("NFKC", title)))
    return re.findall(r"[^\W\d_]+", plain)


def _insertions(
    binding: Binding, wanted: Sequence[MissingSection], missing: Sequence[MissingSection]
) -> Fixer:
    """Fixes that insert each section, then one that inserts all missing ones."""

    def fixes(desk: FixContext) -> Iterator[Fix]:
        for each in wanted:
            yield insert_section(binding, each, f"Insert “{shown_title(each.slot)}”")
        waived = desk.workspace.waived(binding.template.kind)
        keys = {each.slot for each in waived if each.rule == "missing-section"}
        every = [each for each in missing if section_key(each.slot) not in keys]
        if len(every) > 1:
            yield insert_sections(binding, every)

    return fixes


def _renaming(subject: DocumentContext, section: Section, title: str) -> Fixer:
    """A fix that replaces a heading's text with the template's title and keeps its number."""
    document = subject.document
    span = heading_place(document, section)
    number = _NUMBERING.match(span.of(document.text))
    bare = _NUMBERING.sub("", title, count=1)
    kept = number[0] if number else ""
    return lambda _: [replacement(document, span, kept + bare, f"Rename to “{title}”")]
