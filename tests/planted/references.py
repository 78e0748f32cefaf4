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
    ("- TASK-999 has the rest of it", "TASK-999"),
    ("- The rest of it: TASK-999", "TASK-999"),
    ("| From | To |\n| --- | --- |\n| here | DEC-999 |", "DEC-999"),
    ("See SPEC-001, SPEC-997 and SPEC-002.", "SPEC-997"),
    ("In SPEC-001/SPEC-996, the slash divides two documents.", "SPEC-996"),
    ("**Related**: [x] ⚠️ BUG-995", "BUG-995"),
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
    "- TASK-899: the rest of it",
    "- [x] ✅ **TASK-898** the rest of it",
    "1. [-] TASK-897 (the rest of it)",
    "| ID | What |\n| --- | --- |\n| DEC-899 | the rest of it |",
    "### 🐛 BUG-899 – an old one\n\nSee BUG-899.",
    "See [BUG-898](https://example.org/898) and [BUG-897][].\n\n[BUG-897]: https://example.org/",
    "See [BUG-896].\n\n[BUG-896]: https://example.org/896",
    "It is in [[BUG-895]], on the branch BUG-894-slow-login and in SPEC-899.md.",
    "CVE-2024-12345, RFC-2119, ISO-8601-1, GH-12 and HTTP-404 are of others.",
    "Any ID will do, e.g. BUG-893 or BUG-892.",
    "We removed TASK-895.",
    "SPEC-00999-08 and BUG-999-DRAFT are longer IDs.",
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
        yield _below_heading("undefined-label", kind, "See [it][#nowhere].", "#nowhere")
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
