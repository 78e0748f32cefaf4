"""Laws of the index: after any changes, it equals an index built from scratch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from posixpath import commonprefix

from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse, reparse
from spec_lsp.rules.engine.diagnose import RuleFinding, find_across
from spec_lsp.rules.engine.model import FileContext
from spec_lsp.template.read.infer import infer
from spec_lsp.text import Edit, Span
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.cycles import ring
from spec_lsp.workspace.entry import Entry
from spec_lsp.workspace.index_keys import faces
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace
from tests.workspace.render import rendered

_TEMPLATE = """\
# Specification: [Title]

**Specification ID**: SPEC-XXX
**Status**: Draft | Review | Approved
**Depends on**: SPEC-XXX
**Supersedes**: SPEC-XXX

## Requirements

### FR-1: [Requirement]
"""
_ITEM = """\
# Item: [Title]

- **ID:** {{ID}}
"""
_PATHS = ("a.md", "b.md", "one/c.md", "one/deep/d.md")
_IDS = ("SPEC-001", "SPEC-2", "SPEC-003", "SPEC-4", "ITEM_1", "ITEM_2", "some_name")


@cache
def _settings() -> Settings:
    own = (infer(parse("t/spec.md", _TEMPLATE)), infer(parse("t/item.md", _ITEM)))
    config = Config(builtin=False, rules={"orphan": "info"})
    return Settings(config, known_templates(own))


_ids = st.sampled_from(_IDS)
_requirements = st.sampled_from(("FR-1", "FR-2", "SPEC-001/FR-1", "SPEC-2/FR-2"))
_targets = st.sampled_from(("a.md", "b.md", "one/c.md", "one", ".", "a.md#first", "b.md#first"))
_lines = st.one_of(
    st.builds("**Status**: {}".format, st.sampled_from(("Draft", "Review", "Approved"))),
    st.builds("**{}**: {}".format, st.sampled_from(("Depends on", "Supersedes")), _ids),
    st.builds("**Spec**: [x](/{})".format, _targets),
    st.builds("Text with {} in it.".format, st.one_of(_ids, _requirements)),
    st.builds("See [there](/{}) and `some_name`.".format, _targets),
    st.builds("## {}".format, st.sampled_from(("First", "SPEC-003: Notes"))),
    st.builds(
        "### {}: One\n\n- Depends on: {}".format, st.sampled_from(("FR-1", "FR-2")), _requirements
    ),
)
_free = st.builds(
    lambda kind, own, lines: "\n\n".join((f"# {kind}: Title", *own, *lines)),
    st.sampled_from(("Specification", "Item", "Notes")),
    st.one_of(
        st.just(()),
        st.tuples(
            st.builds("**{}**: {}".format, st.sampled_from(("Specification ID", "ID")), _ids)
        ),
    ),
    st.lists(_lines, max_size=5),
)
# Documents that depend on each other, to form cycles.
_tied = st.builds(
    "# Specification: {}\n\n**Specification ID**: {}\n**Depends on**: {}".format,
    st.sampled_from(("Title", "Longer title")),
    st.sampled_from(_IDS[:4]),
    st.sampled_from(_IDS[:4]),
)
_more = st.builds("+{}".format, _lines)
# Text above everything else, so that all of it moves.
_above = st.sampled_from(("^Words.", "^<!-- words -->"))
_edits = st.one_of(_tied, _tied, _more, _above, _free, st.just("-"), st.none())
_steps = st.lists(st.tuples(st.sampled_from(_PATHS), _edits), max_size=20)


def _edited(text: str | None, edit: str | None) -> str | None:
    """A file after an edit: deleted, replaced, or with a paragraph added or removed at an end."""
    if edit is None or not edit.startswith(("+", "-", "^")):
        return edit
    if edit[0] == "^":
        title, _, rest = (text or "# Notes").partition("\n\n")
        return f"{title}\n\n{edit[1:]}\n\n{rest}"
    kept = text or "# Notes"
    return f"{kept}\n\n{edit[1:]}" if edit[0] == "+" else kept.rpartition("\n\n")[0]


def _edit(before: str, after: str) -> Edit:
    """The one edit between two texts, without their common start and end."""
    start = len(commonprefix([before, after]))
    rest, other = before[start:], after[start:]
    same = len(commonprefix([rest[::-1], other[::-1]]))
    return Edit(Span(start, len(before) - same), other[: len(other) - same])


def _entry(path: str, text: str) -> Entry:
    workspace = Workspace(_settings())
    document = parse(path, text)
    return workspace.summarise(document, workspace.bind(document))


def _answers(workspace: Workspace) -> object:
    """The results of all queries of the index."""
    index = workspace.index
    keys = [key for key, _ in index.ids()]
    return (
        rendered(workspace),
        keys,
        [list(index.definitions(key)) for key in keys],
        [sorted(index.using(key)) for key in (*keys, "fr-1", "fr-2")],
        [(index.referrers(path), list(index.links(path))) for path in _PATHS],
        [(index.folder(path), index.is_folder(path)) for path in ("", "one", "one/deep", "two")],
        [index.carries(prefix) for prefix in ("SPEC-", "ITEM_")],
        [ring(index, path) for path in _PATHS],
    )


def _judged(workspace: Workspace) -> dict[str, tuple[RuleFinding, ...]]:
    found = {}
    for path, entry in workspace.index.entries.items():
        found[path] = tuple(
            RuleFinding(each.code, _plain(each), each.line)  # type: ignore[arg-type]
            for each in find_across(FileContext(workspace, entry, "2026-01-01"))
        )
    return found


def _plain(each: RuleFinding) -> object:
    """A finding without the function that makes its fixes."""
    return each.finding.span, each.finding.message, each.finding.related


def _states(
    workspace: Workspace, steps: list[tuple[str, str | None]]
) -> Iterator[tuple[str, set[str], dict[str, str]]]:
    """The changed file of each step, its affected files, and all texts after it."""
    texts: dict[str, str] = {}
    documents: dict[str, Document] = {}
    for path, edit in steps:
        text = _edited(texts.get(path), edit)
        if text is None:
            texts.pop(path, None)
            documents.pop(path, None)
            yield path, workspace.remove(path), texts
        else:
            texts[path] = text
            before = documents.get(path) or parse(path, "")
            documents[path] = reparse(before, _edit(before.text, text))
            yield path, workspace.put(documents[path]), texts


def _check_affected(workspace: Workspace, steps: list[tuple[str, str | None]]) -> None:
    """After each step, files with changed findings are among the affected."""
    before = _judged(workspace)
    for path, affected, _ in _states(workspace, steps):
        after = _judged(workspace)
        changed = {each for each in before | after if before.get(each) != after.get(each)}
        assert changed <= affected | {path}
        before = after


@given(_steps)
def test_an_index_kept_up_to_date_equals_one_built_cold(
    steps: list[tuple[str, str | None]],
) -> None:
    warm, cold = Workspace(_settings()), Workspace(_settings())
    texts: dict[str, str] = {}
    for _, _, latest in _states(warm, steps):
        texts = latest
    for path, text in texts.items():
        cold.put_entry(_entry(path, text))
    assert _answers(warm) == _answers(cold)
    assert _judged(warm) == _judged(cold)


@given(_steps)
def test_files_with_changed_findings_are_among_the_affected(
    steps: list[tuple[str, str | None]],
) -> None:
    _check_affected(Workspace(_settings()), steps)


# Just enough documents with links that may fail for one reason, as in `failing_links`.
_LINKED = tuple(f"notes/n-{at}.md" for at in range(12))
_links = st.lists(
    st.sampled_from(("./n-1", "./n-2", "n-3.md", "x-4.md", "x-5.md", "/gone/a.md")), max_size=3
)
_linked = st.builds(
    lambda links: "\n\n".join(("# Specification: Title", *(f"[x]({each})" for each in links))),
    _links,
)


@given(
    st.lists(_linked, min_size=12, max_size=12),
    st.lists(st.tuples(st.sampled_from(_LINKED), st.one_of(_linked, st.none())), max_size=6),
)
def test_files_whose_links_begin_to_fail_for_one_reason_are_among_the_affected(
    texts: list[str], steps: list[tuple[str, str | None]]
) -> None:
    workspace = Workspace(_settings())
    for path, text in zip(_LINKED, texts, strict=True):
        workspace.put_entry(_entry(path, text))
    _check_affected(workspace, steps)


def test_a_link_of_a_common_shape_does_not_affect_the_other_files_with_such_links() -> None:
    workspace = Workspace(_settings())
    for path in _LINKED:
        workspace.put_entry(_entry(path, "# Specification: Title\n\n[x](n-1.md)"))
    assert workspace.put_entry(
        _entry("notes/n-2.md", "# Specification: Title\n\n[x](n-1.md) [y](n-3.md)")
    ) <= {"notes/n-3.md"}


_folders = st.dictionaries(st.sampled_from(_PATHS), st.one_of(_tied, _free))


@given(_folders, _folders)
def test_an_index_that_is_filled_again_equals_one_built_cold(
    before: dict[str, str], after: dict[str, str]
) -> None:
    warm, cold = Workspace(_settings()), Workspace(_settings())
    for texts in (before, after):
        entries = [_entry(path, text) for path, text in texts.items()]
        warm.index.fill([(entry, faces(entry)) for entry in entries])
        _judged(warm)
    for path, text in {**before, **after}.items():
        cold.put_entry(_entry(path, text))
    assert _answers(warm) == _answers(cold)
    assert _judged(warm) == _judged(cold)
