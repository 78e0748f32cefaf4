"""Defects that need several documents, other levels, or files on the disk."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus.filling import TEMPLATES
from spec_lsp.storage.history import History
from spec_lsp.storage.read import open_folder
from spec_lsp.workspace import index_keys
from tests.planted.defects import Defect, Sown
from tests.planted.ground import Ground, Lot, Said, said


class Told(NamedTuple):
    """The problems caused by a story, and the expected ones."""

    found: Counter[Said]
    expected: Counter[Said]


@dataclass(frozen=True)
class Story:
    """A defect that needs the whole workspace, or none of it."""

    rule: str
    name: str
    tell: Callable[[Ground], Told]


def state_defects() -> Iterator[Defect]:
    """Documents whose status contradicts their content."""
    for kind, template in TEMPLATES.items():
        if kind != "decision":  # Work that follows from a decision is done after the decision.
            yield Defect("open-tasks", "a box unticked", kind, _unticked)
        if template.id_field and template.id and template.id.prefix:
            yield Defect("id-mismatch", "another number in its field", kind, _misnumbered)
    yield Defect("circular-dependency", "a task that waits for itself", "task", _waiting_for_itself)


def stories() -> Iterator[Story]:
    """All stories."""
    yield Story("circular-dependency", "two tasks that wait for each other", _two_in_a_circle)
    superseding = "two decisions that supersede parts of each other"
    yield Story("circular-dependency", superseding, _two_superseding)
    to_read = _ahead("fix-plan", "bug-fix", "Issue")
    yield Story("dependency-behind", "a finished plan of a bug in draft", to_read)
    to_read = _ahead("task", "technical", "Spec")
    yield Story("dependency-behind", "a finished task of a draft", to_read)
    for kind, template in TEMPLATES.items():
        if template.id and template.id.prefix:
            yield Story("duplicate-id", f"a {kind} copied", _copied(kind))
    yield Story("newer-template", "a section that the template did not have", _with_newer_template)
    for rule, name, texts, expected in _COLLECTIONS:
        yield Story(rule, name, _on_disk(texts, Said(*expected)))
    yield Story("overdue", "a review long past", _overdue)
    yield Story("orphan", "a document without references to it", _orphan)
    yield Story("unmapped-links", "links of one shape in many documents", _lost_alike)
    for rule, name, files, expected in _FILES:
        yield Story(rule, name, _on_disk(files, Said(*expected)))
    if os.name == "posix":
        yield Story("unreadable-file", "a link that leads nowhere", _link_to_nowhere)


def _unticked(lot: Lot) -> Sown | None:
    at = lot.text.find("- [x] ")
    if at < 0 or not lot.planned.is_final:
        return None
    return Sown(lot.text[:at] + "- [ ] " + lot.text[at + 6 :], lot.planned.state)


def _misnumbered(lot: Lot) -> Sown | None:
    field = TEMPLATES[lot.planned.kind].id_field
    own = f"**{field}**: {lot.planned.id}"
    if lot.is_named or own not in lot.text:
        return None
    other = re.sub(r"\d+$", "987", lot.planned.id)
    return Sown(lot.text.replace(own, f"**{field}**: {other}"), other)


def _waiting_for_itself(lot: Lot) -> Sown | None:
    text = re.sub(r"(Depends on:) TASK-\d+", rf"\1 {lot.planned.id}", lot.text)
    return Sown(text, lot.planned.id) if text != lot.text else None


def _two_in_a_circle(ground: Ground) -> Told:
    tasks = {lot.planned.id: lot for lot in ground.lots if lot.planned.kind == "task"}
    for lot in tasks.values():
        before = re.search(r"Depends on: (TASK-\d+)", lot.text)
        first = tasks[before[1]] if before else lot
        text = re.sub(r"(Depends on:) TASK-\d+", rf"\1 {lot.planned.id}", first.text)
        if before and first is not lot and text != first.text:
            both = _said("circular-dependency", (first, lot.planned.id), (lot, first.planned.id))
            return Told(ground.found({first.path: text}), both)
    raise AssertionError("no task waits for another one")


def _two_superseding(ground: Ground) -> Told:
    one, other = [lot for lot in ground.lots if lot.planned.kind == "decision"][:2]
    texts = {
        lot.path: re.sub(r"(\*\*Created\*\*:)", rf"**Supersedes**: {by.planned.id}\n\1", lot.text)
        for lot, by in ((one, other), (other, one))
    }
    return Told(ground.found(texts), Counter())


def _ahead(kind: str, behind: str, field: str) -> Callable[[Ground], Told]:
    def tell(ground: Ground) -> Told:
        lots = [lot for lot in ground.lots if lot.planned.kind == kind and lot.planned.is_final]
        draft = [lot for lot in ground.lots if lot.planned.kind == behind][-1]
        name = draft.planned.id
        text = re.sub(rf"(\*\*{field}(?:\*\*:|:\*\*)) [^\n]*", rf"\1 {name}", lots[0].text, count=1)
        found = ground.found({lots[0].path: text})
        return Told(found, _said("dependency-behind", (lots[0], name)))

    return tell


def _copied(kind: str) -> Callable[[Ground], Told]:
    """A copy of a document with the old number, in the field or in the file name."""

    def tell(ground: Ground) -> Told:
        lot = next(lot for lot in ground.lots if lot.planned.kind == kind)
        path = lot.path.replace(".md", "-again.md")
        has_field = f": {lot.planned.id}\n" in lot.text
        marked = lot.planned.id if has_field else lot.document.title
        expected = [Said(each, "duplicate-id", marked) for each in (lot.path, path)]
        return Told(ground.found({path: lot.text}), Counter(expected))

    return tell


def _with_newer_template(ground: Ground) -> Told:
    template = TEMPLATES["technical"]
    lot = next(lot for lot in ground.lots if lot.planned.kind == "technical")
    start = lot.text.index("## Notes")
    old = template.document.text[: template.document.text.index("## Notes")]
    workspace = ground.folder.workspace
    before = workspace.past
    workspace.past = History(
        {lot.path: "1"}, (template.path,), {("1", template.path): "2"}, {"2": old}, {"2": ""}
    ).template_of
    ground.folder.finish()
    expected = _said("newer-template", (lot, lot.document.title))
    told = _when_asked_for(ground, "newer-template", {lot.path: lot.text[:start]}, expected)
    workspace.past = before
    ground.folder.finish()
    return told


def _overdue(ground: Ground) -> Told:
    lot = next(lot for lot in ground.lots if "**Next Review**" in lot.text)
    text = re.sub(r"(\*\*Created\*\*:) [^\n]*", r"\1 1999-01-01", lot.text)
    text = re.sub(r"(\*\*Decided\*\*:) [^\n]*", r"\1 1999-01-01", text)
    text = re.sub(r"(\*\*Next Review\*\*:) [^\n]*", r"\1 1999-02-01", text)
    expected = _said("overdue", (lot, "1999-02-01"))
    return _when_asked_for(ground, "overdue", {lot.path: text}, expected)


def _orphan(ground: Ground) -> Told:
    lot = next(lot for lot in ground.lots if lot.planned.kind == "task")
    path = "docs/tasks/00/TASK-900-alone.md"
    text = lot.text.replace(f"**ID**: {lot.planned.id}", "**ID**: TASK-900")
    expected = Counter([Said(path, "orphan", lot.document.title)])
    return _when_asked_for(ground, "orphan", {path: text}, expected)


def _lost_alike(ground: Ground) -> Told:
    lots = sorted(ground.lots, key=lambda lot: lot.path)[: index_keys.COMMON]
    texts = {}
    for at, lot in enumerate(lots):
        link = f"\\g<0>\n\nSee [it](gone-{at}.md)."
        texts[lot.path] = re.sub(r"^## [^\n]+", link, lot.text, count=1, flags=re.MULTILINE)
    return Told(ground.found(texts), _said("unmapped-links", (lots[0], "gone-0.md")))


def _when_asked_for(
    ground: Ground, rule: str, texts: Mapping[str, str], expected: Counter[Said]
) -> Told:
    """With a rule enabled that is off by default, without its problems in the clean workspace."""
    ground.folder.set_levels({rule: "info"})
    before = ground.found()
    found = ground.found(texts) - before
    ground.folder.set_levels({})
    return Told(found, expected)


_TEMPLATE = "# Note: [Title]\n\n**Status**: Draft | Final\n\n## Reason\n\n[Why]\n"
_NOTE = "# Note: Passkeys\n\n**Status**: Final\n\n## Reason\n\nPasswords are phished.\n"
_ASKING = "<!-- Delete this comment before submitting. -->"
_OWN = ".spec-lsp/templates/note.md"
_CONFIG = "spec-lsp.toml"
_FILES: tuple[tuple[str, str, dict[str, str | bytes], tuple[str, str, str]], ...] = (
    ("invalid-config", "a key unknown", {_CONFIG: 'inclued = ["**"]\n'},
     (_CONFIG, "invalid-config", "inclued")),
    ("invalid-config", "a value of another type", {_CONFIG: "include = 3\n"},
     (_CONFIG, "invalid-config", "include")),
    ("invalid-config", "a rule misspelt", {_CONFIG: '[rules]\nbroken-lnik = "off"\n'},
     (_CONFIG, "invalid-config", "broken-lnik")),
    ("invalid-config", "a level unknown", {_CONFIG: '[rules]\nbroken-link = "fatal"\n'},
     (_CONFIG, "invalid-config", "fatal")),
    ("invalid-config", "no TOML", {_CONFIG: "[rules\n"}, (_CONFIG, "invalid-config", "\n")),
    ("invalid-config", "a template that is not there", {_CONFIG: 'templates = ["gone/*.md"]\n'},
     (_CONFIG, "invalid-config", "templates")),
    ("invalid-config", "a kind unknown",
     {_CONFIG: '[[documents]]\npaths = ["**"]\ntemplate = "taks"\n'},
     (_CONFIG, "invalid-config", "taks")),
    ("invalid-config", "a broken baseline", {_CONFIG: 'baseline = "b.json"\n', "b.json": "[]"},
     (_CONFIG, "invalid-config", "baseline")),
    ("invalid-template", "a key unknown", {_OWN: f"---\nspec-lsp:\n  knid: note\n---\n{_TEMPLATE}"},
     (_OWN, "invalid-template", "knid")),
    ("invalid-template", "a section unknown",
     {_OWN: f"---\nspec-lsp:\n  required: [Raeson]\n---\n{_TEMPLATE}"},
     (_OWN, "invalid-template", "[Raeson]")),
    ("invalid-template", "two of one kind", {_OWN: _TEMPLATE, _OWN.replace("note", "note-2"):
     f"---\nspec-lsp:\n  kind: note\n---\n{_TEMPLATE}"},
     (_OWN, "invalid-template", "Note: [Title]")),
    ("leftover-guidance", "a comment left that asks for its removal",
     {_OWN: f"{_TEMPLATE}\n{_ASKING}\n", "docs/a.md": f"{_NOTE}\n{_ASKING}\n"},
     ("docs/a.md", "leftover-guidance", _ASKING)),
    ("unreadable-file", "bytes that are no UTF-8", {"a.md": b"# A\n\xff\n"},
     ("a.md", "unreadable-file", "")),
    ("unreadable-file", "a zero byte", {"a.md": b"# A\n\0\n"}, ("a.md", "unreadable-file", "")),
    ("unreadable-file", "a file too large", {"a.md": b"#" * 4_000_001},
     ("a.md", "unreadable-file", "")),
)  # fmt: skip


_MANY = 12
_COMPLIES = "# Note: Passkeys\n\n**Status**: Final\n\n## Reason\n\nSafer.\n"


def _collection(text: str, number: int) -> dict[str, str | bytes]:
    """Finished notes that comply, except the last ones, which have another text."""
    config = 'templates = [".spec-lsp/templates/*.md"]\n'
    config += '[[documents]]\npaths = ["notes/**"]\ntemplate = "note"\n'
    complying: dict[str, str | bytes] = {f"notes/{each:02}.md": _COMPLIES for each in range(_MANY)}
    return {_CONFIG: config, _OWN: _TEMPLATE, **complying} | {
        f"notes/{each:02}.md": text for each in range(_MANY - number, _MANY)
    }


_LAST = f"notes/{_MANY - 1:02}.md"
_COLLECTIONS: tuple[tuple[str, str, dict[str, str | bytes], tuple[str, str, str]], ...] = (
    ("missing-section", "one of many lacks a section",
     _collection(_COMPLIES.partition("## ")[0], 1), (_LAST, "missing-section", "Note: Passkeys")),
    ("missing-field", "one of many lacks a field",
     _collection(_COMPLIES.replace("**Status**: Final\n\n", ""), 1),
     (_LAST, "missing-field", "Note: Passkeys")),
    ("invalid-value", "one of many has a value that is none of the choices",
     _collection(_COMPLIES.replace("Final", "Fnial"), 1), (_LAST, "invalid-value", "Fnial")),
    ("unfilled-section", "one of many keeps the text of the template",
     _collection(_COMPLIES.replace("Safer.", "[Why]"), 1), (_LAST, "unfilled-section", "Reason")),
    ("unmet-requirement", "most of many lack a section",
     _collection(_COMPLIES.partition("## ")[0], 7), (_OWN, "unmet-requirement", "Reason")),
    ("unmet-requirement", "most of many have another status",
     _collection(_COMPLIES.replace("Final", "Shipped"), 7),
     (_OWN, "unmet-requirement", "Status")),
)  # fmt: skip


def _on_disk(files: Mapping[str, str | bytes], expected: Said) -> Callable[[Ground], Told]:
    def tell(_: Ground) -> Told:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            for path, content in files.items():
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.encode() if isinstance(content, str) else content)
            return Told(Counter(said(open_folder(folder))), Counter([expected]))

    return tell


def _link_to_nowhere(_: Ground) -> Told:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "a.md").symlink_to("gone.md")
        found = Counter(said(open_folder(folder)))
    return Told(found, Counter([Said("a.md", "unreadable-file", "")]))


def _said(rule: str, *places: tuple[Lot, str]) -> Counter[Said]:
    return Counter(Said(lot.path, rule, text) for lot, text in places)
