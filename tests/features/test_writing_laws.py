"""Laws of the features that write, in any text at any position."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from spec_lsp.features.completion.complete import complete
from spec_lsp.features.edit.actions import actions, insert_missing
from spec_lsp.features.edit.advance_status import next_state, set_status
from spec_lsp.features.edit.next_placeholder import next_placeholder, placeholders
from spec_lsp.features.shared.place import Page, Place
from spec_lsp.features.show.hover import describe
from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.diagnose import diagnose, find_across, find_inside
from spec_lsp.rules.engine.model import Diagnostic, DocumentContext, FileContext
from spec_lsp.storage.fix import Fixed, fix
from spec_lsp.template.builtin import templates
from spec_lsp.template.match.missing import missing_sections
from spec_lsp.template.read.infer import infer
from spec_lsp.template.write.snippet import plain
from spec_lsp.text import Edit, Span, apply, line_starts
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace
from tests.harness.world import folder_of
from tests.markdown.hostile import PIECES

_TEMPLATE = infer(
    parse(
        "templates/spec.md",
        """# Specification: [Title]

**ID**: SPEC-XXX
**Status**: [Draft | In Review | Approved]
**Created**: [YYYY-MM-DD]
**Depends on**: SPEC-XXX

## Overview

[What it is about]

## Requirements

1. **FR-1**: [What the system must do]

### Risk 1: [Name]

**Weight:** [High | Low]

## Table

| Risk | Weight |
|------|--------|
| [Risk] | High/Med/Low |

## Done

- [ ] Tests pass
""",
    )
)
_OURS = (
    *("# Specification: Login", "**Status**: Draft", "**Status**:", "**ID**: SPEC-001"),
    *("## Overview", "## Requirements", "1. **FR-1**: Log in", "### Risk 1: Slow", "## Table"),
    *("| Risk | Weight |", "|------|--------|", "| Slow | High |", "|", "## Done", "- [ ] Tests"),
    *("<pre>\n\n</pre>", "<?x"),
    *("**Depends on**: SPEC-", "SPEC-001/", "[a](", "](#", "## ", "#", "**Weight:** ", "---"),
)
_texts = st.lists(st.sampled_from((*PIECES, *_OURS)), max_size=14).flatmap(
    lambda pieces: st.sampled_from(("\n", "\n\n", "\r\n")).map(lambda end: end.join(pieces))
)
_documents = _texts.map(lambda text: f"# Specification: Login\n\n{text}")


def _page(text: str, path: str = "doc.md") -> Page:
    workspace = Workspace(Settings(Config(builtin=False), known_templates([_TEMPLATE])))
    other = parse("other.md", "# Specification: Other\n\n**ID**: SPEC-009\n\n## Overview\n")
    workspace.put(other)
    document = parse(path, text)
    workspace.put(document)
    entry = workspace.index.entries[path]

    def read(name: str) -> Document | None:
        return {"other.md": other, path: document}.get(name)

    return Page(workspace, document, workspace.bind(document), entry, read, "2026-03-14", "Ada")


def _diagnosed(page: Page) -> list[Diagnostic]:
    view = FileContext(page.workspace, page.entry, page.today, page.document)
    subject = DocumentContext(page.binding, page.workspace.settings.words) if page.binding else None
    found = (*find_inside(page.document, subject), *find_across(view))
    return [*diagnose(view, found).shown]


def _fixed(page: Page) -> Fixed:
    return fix(folder_of(page.workspace, [page.document]), [page.path], page.desk)


@given(_texts, st.data(), st.booleans())
@settings(deadline=None)
def test_completions_stay_on_the_line_of_the_cursor(
    text: str, data: st.DataObject, snippets: bool
) -> None:
    place = Place(_page(text), data.draw(st.integers(0, len(text))))
    for item in complete(place, snippets=snippets).items:
        assert place.line.covers(item.span)
        assert item.span.holds(place.offset)
        assert snippets or not set(plain(item.parts)) & set("\r\n")
        assert all(not item.span.overlaps(edit.span) for edit in item.also)
        assert item.documentation is None or item.documentation() is not None


@given(_texts, st.data())
@settings(deadline=None)
def test_a_completed_value_is_one_that_the_rules_accept(text: str, data: st.DataObject) -> None:
    place = Place(_page(text), data.draw(st.integers(0, len(text))))
    values = [item for item in complete(place, snippets=True).items if item.kind == "value"]
    if values and place.spot and place.spot.part == "value":
        item = data.draw(st.sampled_from(values))
        after = _page(apply(text, [Edit(item.span, plain(item.parts))]))
        place_after = Place(after, item.span.start + len(plain(item.parts)))
        found = [d for d in _diagnosed(after) if d.code == "invalid-value"]
        assert not any(d.span.holds(place_after.offset) for d in found)


@given(_texts, st.data())
@settings(deadline=None)
def test_hover_and_actions_work_at_any_position(text: str, data: st.DataObject) -> None:
    page = _page(text)
    offset = data.draw(st.integers(0, len(text)))
    found = _diagnosed(page)
    describe(Place(page, offset), found)
    for action in actions(page, Span(offset, offset), found):
        fix = action.work()
        edits = [c.edit for c in fix.changes if c.path == page.path] if fix else []
        apply(text, edits)


@given(_documents)
@settings(deadline=None)
def test_nothing_is_missing_after_all_that_is_missing_was_inserted(text: str) -> None:
    page = _page(text)
    fix = insert_missing(page)
    if fix and page.binding:
        after = _page(apply(text, [change.edit for change in fix.changes]))
        left = missing_sections(after.binding) if after.binding else ()
        assert not left


@given(_documents, st.data())
@settings(deadline=None)
def test_an_offered_section_is_found_where_it_was_put(text: str, data: st.DataObject) -> None:
    place = Place(_page(text), data.draw(st.sampled_from(line_starts(text))))
    offered = {
        line.lstrip("# "): item
        for item in complete(place, snippets=True).items
        for line in plain(item.parts).splitlines()[:4]
        if line.startswith("#") and item.kind in ("section", "block")
    }
    if offered:
        title = data.draw(st.sampled_from(list(offered)))
        item = offered[title]
        after = _page(apply(text, [Edit(item.span, plain(item.parts))]))
        matched = after.binding.sections if after.binding else ()
        assert any(after.document.sections[match.index].title == title for match in matched)


@given(_documents)
@settings(deadline=None)
def test_safe_fixes_leave_no_safe_fix(text: str) -> None:
    after = _page(_fixed(_page(text)).after.get("doc.md", text))
    assert _fixed(after).count == 0


@given(_documents)
@settings(deadline=None)
def test_advancing_the_status_ends(text: str) -> None:
    page = _page(text)
    for _ in range(9):
        state = next_state(page.binding) if page.binding else ""
        step = set_status(page, state, state) if state else None
        if not step:
            return
        page = _page(apply(page.document.text, [change.edit for change in step.changes]))
    assert not page.binding or not next_state(page.binding)


@given(_documents)
@settings(deadline=None)
def test_going_forward_and_backward_visits_the_same_placeholders(text: str) -> None:
    page = _page(text)
    stops = placeholders(page)
    forward, at = [], -1
    for _ in stops:
        stop = next_placeholder(page, at)
        span = stop.span if stop else None
        assert span
        forward.append(span)
        at = span.start
    assert forward == stops


def test_every_built_in_template_can_be_written_from_nothing() -> None:
    workspace = Workspace()
    document = parse("new.md", "")
    page = Page(workspace, document, None, workspace.summarise(document, None), lambda _: None)
    items = complete(Place(page, 0), snippets=True).items
    assert [item.label for item in items] == [template.name for template in templates()]
    for item, template in zip(items, templates(), strict=True):
        written = parse("new.md", plain(item.parts))
        binding = workspace.bind(written)
        assert binding
        assert binding.template.kind == template.kind
        assert not missing_sections(binding)
        assert not binding.missing_fields
