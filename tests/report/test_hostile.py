r"""Names, titles and values from a workspace cannot forge anything: one diagnostic, one line."""

from __future__ import annotations

import json
from types import ModuleType
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spec_lsp.features.shared.results import Edge, Graph, GraphNode
from spec_lsp.printable import printable_lines
from spec_lsp.report import listing
from spec_lsp.report.columns import DocumentRow
from spec_lsp.report.formats import as_github, as_gitlab, as_json, as_junit, as_sarif, as_text
from spec_lsp.report.graph import text_forms
from spec_lsp.report.model import Issue, Report, ShownFix, Source
from spec_lsp.text import LineIndex, Span
from spec_lsp.workspace.entry import Entry

PIECES = [
    "\n", "\r", "\x1b[31m", "\x9b2J", "\u2028", "\u202e", "\x85", "\x0c", "\udce9", "\u200b",
    "\n::error::", "\r::add-mask::x", "%0A::error::", "::warning file=a::", "%%{init}%%",
    '"', "<b>", "]]>", "&", "|", "`", "\\", "a", "é", " ", "/", "日", ".md",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


def report_of(path: str, message: str, value: str) -> Report:
    """A report of two findings, in which everything that comes from a workspace is hostile."""
    text = value.encode("utf-8", "replace").decode()
    place = Source(path, LineIndex(text)).place(Span(0, len(text)))
    fix = ShownFix(value, is_safe=True, edits=((place, value),))
    issues = tuple(
        Issue(place, "invalid-value", level, message, related=((place, message),), fixes=(fix,))
        for level in ("error", "warning")
    )
    return Report(issues, (path,), 1)


def is_clean(text: str) -> bool:
    """Whether a text has no terminal control and no hidden character."""
    return printable_lines(text) == text


@given(hostile, hostile, hostile)
def test_text_has_one_line_for_the_head_of_each_finding(
    path: str, message: str, value: str
) -> None:
    shown = as_text.render(report_of(path, message, value))
    assert is_clean(shown)
    heads = [line for line in shown.split("\n") if "[invalid-value]" in line]
    assert len(heads) == 2
    assert shown.count("\n") == as_text.render(report_of("a.md", "b", value)).count("\n")
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))


@given(hostile, hostile, hostile)
def test_github_has_one_command_for_each_finding(path: str, message: str, value: str) -> None:
    shown = as_github.render(report_of(path, message, value))
    assert is_clean(shown)
    error, warning = shown.split("\n")
    assert error.startswith("::error file=")
    assert warning.startswith("::warning file=")


@given(hostile, hostile, hostile)
def test_junit_has_one_line_for_each_finding(path: str, message: str, value: str) -> None:
    shown = as_junit.render(report_of(path, message, value), "error")
    assert is_clean(shown)
    assert minidom.parseString(shown).documentElement  # noqa: S318 -- our own output.
    (error,) = [line for line in shown.split("\n") if "error[invalid-value]" in line]
    (warning,) = [line for line in shown.split("\n") if "warning[invalid-value]" in line]
    assert error.endswith("</failure>")
    assert warning.endswith("</system-out>")


@pytest.mark.parametrize("form", [as_json, as_gitlab, as_sarif], ids=["json", "gitlab", "sarif"])
@given(hostile, hostile, hostile)
def test_json_is_the_same_data_without_raw_signs(
    form: ModuleType, path: str, message: str, value: str
) -> None:
    shown = form.render(report_of(path, message, value))
    assert is_clean(shown)
    assert message in _strings(json.loads(shown))
    shown.encode("utf-8")


@given(hostile, hostile)
def test_graphs_have_one_line_for_each_document(path: str, title: str) -> None:
    nodes = (GraphNode(path, title, title, title, title, ""), GraphNode("b.md", "", "", "", "", ""))
    graph = Graph(nodes, (Edge(path, "b.md", title),))
    mermaid, dot = text_forms.mermaid(graph), text_forms.dot(graph)
    assert is_clean(mermaid + dot)
    assert mermaid.count("\n") == 1 + 2 + 5
    assert "%%" not in mermaid
    assert dot.count("\n") == 3 + 2 + 1


@given(hostile, hostile)
def test_a_list_has_one_line_for_each_document(path: str, title: str) -> None:
    shown = listing.text([DocumentRow(path, Entry(path, title=title, status=title))])
    assert is_clean(shown)
    assert shown.count("\n") == 3


def _strings(data: object) -> list[str]:
    if isinstance(data, dict):
        return [text for each in data.values() for text in _strings(each)]
    if isinstance(data, list):
        return [text for each in data for text in _strings(each)]
    return [data] if isinstance(data, str) else []
