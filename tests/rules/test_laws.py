"""What holds for every template, every document and every fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.memo import once
from spec_lsp.rules.engine.diagnose import find_inside
from spec_lsp.rules.engine.model import Diagnostic, DocumentContext, Fix
from spec_lsp.template import builtin
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.rebind import has_same_outline, rebound
from spec_lsp.template.read.earlier import earlier_version
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.template.write.file_name import file_name, new_text
from spec_lsp.template.write.snippet import plain
from spec_lsp.template.write.values import Values
from spec_lsp.text import Edit, Span, apply
from spec_lsp.workspace.index_keys import faces
from spec_lsp.workspace.workspace import Workspace
from tests.harness.world import TODAY, World, chosen_fixes
from tests.markdown.hostile import LINES, PIECES
from tests.template.sources import at_hand
from tests.template.strategies import templates

KNOWN = Values("Some new thing", "SPEC-042", TODAY, "Ada Lovelace")
STRUCTURE = {"missing-section", "misplaced-section", "misnamed-section", "missing-field"}
OWN = {template.kind: template for template in builtin.templates()}
SCRAPS = st.one_of(
    st.sampled_from(("x", " ", "\n", "\n\n", "\n---\n", "\n**Status**: Draft\n")),
    st.sampled_from(
        ("\n## Goals\n", "\n### FR-1: One\n\n**Depends on**: FR-2\n", "- **FR-2**: x\n")
    ),
    st.sampled_from(("[x][spec]\n", "\n[spec]: other.md\n", "SPEC-001, FR-1\n", "| FR-2 | x |\n")),
    st.sampled_from((*PIECES, *LINES)).map("\n{}\n".format),
)
SLIPS = ("Aproved", "[Draft]", "11/21/2026", "{ done }", "", "[2026-01-02]", "TBD")


@st.composite
def damaged_documents(draw: st.DrawFn) -> tuple[str, str]:
    """A kind, and a document with removed, doubled and swapped lines, and other field values."""
    kind = draw(st.sampled_from(sorted(OWN)))
    lines = new_text(OWN[kind], KNOWN).splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("drop", "double", "swap", "value", "deepen"))):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(other, lines[at])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "value" if ":" in lines[at]:
                lines[at] = f"{lines[at].partition(':')[0]}: {draw(st.sampled_from(SLIPS))}\n"
            case "deepen" if lines[at].startswith("#"):
                lines[at] = f"#{lines[at]}"
    return kind, "".join(lines)


def test_a_new_document_has_the_findings_of_a_draft_and_no_others() -> None:
    for template in at_hand():
        assert_is_a_draft(template)


@given(templates())
def test_so_has_one_from_any_template(text: str) -> None:
    assert_is_a_draft(infer(parse("templates/any.md", text)))


@settings(max_examples=30)
@given(damaged_documents())
def test_safe_fixes_converge_and_add_no_finding(document: tuple[str, str]) -> None:
    world = world_of(*document)
    fixed = world.fixed(chosen_fixes(world, "", safe_only=True))
    again = fixed.fixed(chosen_fixes(fixed, "", safe_only=True))
    assert again.documents == fixed.documents
    assert said(fixed) <= said(world)


@settings(max_examples=25)
@given(damaged_documents(), st.data())
def test_after_edits_findings_and_entries_equal_a_new_parse(
    written: tuple[str, str], data: st.DataObject
) -> None:
    """What is cached of the parts that an edit does not touch is still valid."""
    # With an earlier version of the template, so that the rules which compare both are run as well.
    workspace = Workspace(past=_earlier)
    document = parse(f"docs/{written[0]}.md", written[1])
    binding = workspace.bind(document)
    for _ in range(5):
        inside_and_entry(workspace, document, binding)
        start = data.draw(st.integers(0, len(document.text)))
        end = min(len(document.text), start + data.draw(st.sampled_from((0, 0, 1, 5, 40))))
        before = document
        document = reparse(document, Edit(Span(start, end), data.draw(SCRAPS)))
        is_same = binding and has_same_outline(before, document)
        binding = rebound(binding, document) if binding and is_same else workspace.bind(document)
        parsed = parse(document.path, document.text)
        cold = inside_and_entry(workspace, parsed, workspace.bind(parsed))
        assert inside_and_entry(workspace, document, binding) == cold


@settings(max_examples=30)
@given(damaged_documents())
def test_every_fix_is_one_that_can_be_made(document: tuple[str, str]) -> None:
    world = world_of(*document)
    for path in world.documents:
        for diagnostic in world.diagnose(path):
            for fix in diagnostic.fixes(world.desk):
                assert_can_be_made(world, fix)


def inside_and_entry(workspace: Workspace, document: Document, binding: Binding | None) -> object:
    """The findings inside a document, and its entry in the index, packed or not."""
    found = find_inside(
        document,
        DocumentContext(binding, workspace.settings.words) if binding else None,
    )
    said = [(e.code, e.line, e.finding.span, e.finding.message, e.finding.related) for e in found]
    entry = workspace.summarise(document, binding)
    return said, entry, entry.packed(document.text), entry.mentions, entry.references, faces(entry)


def _earlier(_: str, template: Template) -> Template:
    return once(template, earlier_version, template.document.text, "")


def assert_is_a_draft(template: Template) -> None:
    found = list(findings(world(template, new_text(template, KNOWN))))
    assert not [each for each in found if each.level in ("warning", "error")]
    assert not [each for each in found if each.code in STRUCTURE]


def assert_can_be_made(world: World, fix: Fix) -> None:
    text = world.documents[fix.changes[0].path]
    edits = sorted(change.edit for change in fix.changes)
    ends = [0, *(edit.span.end for edit in edits)]
    assert all(end <= edit.span.start for end, edit in zip(ends, edits, strict=False))
    assert edits[-1].span.end <= len(text)
    assert apply(text, edits) != text, fix.title
    if fix.parts:
        assert plain(fix.parts) == fix.changes[0].edit.text


def world_of(kind: str, text: str) -> World:
    return world(OWN[kind], text)


def world(template: Template, text: str) -> World:
    path = file_name(template, KNOWN)
    return World({path: text}, {template.path: template.document.text})


def findings(world: World) -> Iterator[Diagnostic]:
    for path in world.documents:
        yield from world.diagnose(path)


def said(world: World) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in findings(world))
