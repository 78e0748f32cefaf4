"""Unresolved IDs, broken links, unused suppressions, and texts that only look like them."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.corpus.filling import TEMPLATES
from tests.planted.defects import Change, Defect, Sown, swap
from tests.planted.ground import Lot

# A paragraph and what of it must be found.
_DANGLING = (
    ("See BUG-999 for the rest.", "BUG-999"),
    ("It was done before (SPEC-998).", "SPEC-998"),
    ("**PLAN-999** says why.", "PLAN-999"),
    ("> ANALYSIS-999 counted them.", "ANALYSIS-999"),
    ("- TASK-999: the rest of it", "TASK-999"),
    ("| From | To |\n| --- | --- |\n| DEC-999 | here |", "DEC-999"),
    ("This is _BUG-999_'s fault.", "BUG-999"),
    ("“BUG-0999”, they say.", "BUG-0999"),
    ("As SPEC-001/FR-99 has it.", "FR-99"),
)
_LOST = (
    ("See [it](nowhere.md).", "nowhere.md"),
    ("See [it](../nowhere/), please.", "../nowhere/"),
    ("![a plan](pictures/nowhere.png)", "pictures/nowhere.png"),
    ("See [it][there].\n\n[there]: nowhere.md", "nowhere.md"),
    ("See [it](<no where.md>).", "no where.md"),
    ('See [it](nowhere.md "the title").', "nowhere.md"),
    ("- **See** [it](./nowhere.md#part)", "./nowhere.md#part"),
)
_IDLE = (
    "<!-- spec-lsp: ignore broken-link -->",
    "<!-- spec-lsp: ignore invalid-value, missing-field -- it was once -->",
    "<!-- spec-lsp: ignore broken-lnik -->",
    "<!-- spec-lsp: ignore-file unresolved-id -->",
)
_HARMLESS = (
    "UTF-8, ISO-8601, COVID-19 and SHA-256 are no documents.",
    "An array `items[0]`, a tag [P1], what they wrote [sic], and a note.[^1]\n\n[^1]: Here it is.",
    "TODO: measure it. TBD by Ada, XXX minutes at most.",
    "See <https://example.org/a.md#b> and [it](https://example.org/nowhere.md).",
    "```text\nBUG-999 [x](nowhere.md)\n## No heading\n```",
    "<!-- Once this was BUG-999, see [it](nowhere.md). -->",
    "| What | Status |\n| --- | --- |\n| This | Perhaps |",
    "BUG-1, TASK-1 and SPEC-1 came first.",
    "<!-- spec-lsp: ignore broken-link -->\nSee [it](nowhere.md).",
    "See BUG-999. <!-- spec-lsp: ignore unresolved-id -- of another team -->",
    "A name in <b>bold</b>, a {brace}, a $PATH, and 2 < 3 > 1.",
    "Write dates as 2026-03-14, IDs as BUG-001, and choose A | B.",
    "**Reviewed by:** Ada\n**Status of the review:** unclear",
)


def reference_defects() -> Iterator[Defect]:
    """Paragraphs with broken references, in documents of every kind."""
    for kind in TEMPLATES:
        for paragraph, marked in _DANGLING:
            yield _below_heading("unresolved-id", kind, paragraph, marked)
        for paragraph, marked in _LOST:
            yield _below_heading("broken-link", kind, paragraph, marked)
        for paragraph in _IDLE:
            yield _below_heading("unused-suppression", kind, paragraph, paragraph)
        yield _below_heading("broken-anchor", kind, "See [it](#nowhere).", "#nowhere")
        elsewhere = Change(r"\]\(([^)#\s]+\.md)#[^)\s]+\)", r"](\1#nowhere)", r"\1#nowhere")
        yield swap("broken-anchor", "a heading elsewhere", kind, elsewhere)
    requirements = "### Non-Functional Requirements"
    again = Change(f"^{requirements}", rf"3. **FR-2**: Again\n\n{requirements}", "FR-2")
    yield swap("duplicate-id", "a requirement twice", "technical", again)
    beyond = Change(r"^## [^\n]+\n", r"\g<0>\nAs FR-99 has it.\n", "FR-99")
    yield swap("unresolved-id", "a requirement of its own", "technical", beyond)
    field = Change(r"^(\*\*Spec\*\*:) [^\n]*", r"\1 SPEC-999", "SPEC-999")
    yield swap("unresolved-id", "in a field", "task", field)


def harmless_changes() -> Iterator[Defect]:
    """Texts that only look like problems."""
    for kind in TEMPLATES:
        for paragraph in _HARMLESS:
            yield _below_heading("", kind, paragraph, "")
        for name, change in _DRESSES.items():
            yield swap("", name, kind, change)
        yield Defect("", "other line ends", kind, _with_other_line_ends)
        yield Defect("", "a mark at its start", kind, lambda lot: Sown(f"\ufeff{lot.text}", ""))


_STATE = r"^(\*\*(?:Document )?Status(?:\*\*:|:\*\*)) ([^\n]*?)( *)$"
_FIELD = r"^(\*\*[\w ]+(?:\*\*:|:\*\*) [^\n]+\n)"
_HEADING = r"^## (Notes|References|Timeline|Steps)"
_DRESSES = {
    "a decorated state": Change(_STATE, r"\1 ✅ **\2** (so far)\3", ""),
    "a field of its own": Change(_FIELD, r"\1**Sponsor**: Ada\n", ""),
    "a section of its own": Change(r"^## ", r"## Thoughts\n\nA word or two.\n\n## ", ""),
    "a numbered heading": Change(_HEADING, r"## 7. \1", ""),
    "a decorated heading": Change(_HEADING, r"## 🎯 \1", ""),
    "a closed heading": Change(r"^(## [^\n]+)$", r"\1 ##", ""),
    "a rule before a heading": Change(r"^## ", r"---\n\n## ", ""),
}


def _below_heading(rule: str, kind: str, paragraph: str, marked: str) -> Defect:
    name = f"“{paragraph.splitlines()[0]}”"
    new = paragraph.replace("\\", "\\\\")
    return swap(rule, name, kind, Change(r"^## [^\n]+\n", rf"\g<0>\n{new}\n", marked))


def _with_other_line_ends(lot: Lot) -> Sown:
    return Sown(lot.text.replace("\n", "\r\n"), "")
