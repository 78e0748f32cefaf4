"""Actions on a problem that concern the whole team: template, configuration, baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import QUICK_FIX, Action
from spec_lsp.rules.engine import baseline
from spec_lsp.rules.engine.baseline import USUAL_BASELINE, Baseline, BaselineError
from spec_lsp.rules.engine.model import RULE_PAGES, Change, Diagnostic, Fix, NewFile
from spec_lsp.rules.fixes.edits import shown_title
from spec_lsp.rules.fixes.templates import mark_optional
from spec_lsp.template.builtin import SCHEME
from spec_lsp.template.match.slot_keys import slots_by_key
from spec_lsp.template.schema import FieldSlot, SectionSlot, Template
from spec_lsp.text import Span, edits_between
from spec_lsp.workspace.config.config import FILE_NAMES
from spec_lsp.workspace.config.read import has_settings
from spec_lsp.workspace.config.toml_edits import turn_off

_MOST = 3  # sections or fields of one problem that are offered to be optional
_MISSING = ("missing-section", "missing-field", "empty-section", "empty-field", "unfilled-section")


def team_actions(page: Page, diagnostics: Sequence[Diagnostic]) -> Iterator[Action]:
    """Change a demand, record a problem as known, turn its rule off, read about it."""
    config = _config_file(page)
    for each in diagnostics:
        yield from _optional(page, each)
    for each in diagnostics:
        yield _action(each, f"Record this {each.code} as known", partial(_recorded, page, each))
    for each in diagnostics:
        title = f"Turn {each.code} off in {config or FILE_NAMES[0]}"
        yield _action(each, title, partial(_turned_off, page, config, each.code, title))
    for each in diagnostics:
        page_of_rule = f"{SCHEME}{RULE_PAGES}{each.code}.md"
        yield replace(_action(each, f"Explain {each.code}", _nothing), opens=page_of_rule)
    if config and diagnostics:
        yield replace(_action(diagnostics[0], f"Open {config}", _nothing), opens=config)


def _action(diagnostic: Diagnostic, title: str, work: Callable[[], Fix | None]) -> Action:
    return Action(title, QUICK_FIX, work, (diagnostic.code,), (diagnostic.span,))


def _nothing() -> None:
    """The work of an action that only opens a file."""


def _config_file(page: Page) -> str:
    """The path of the configuration; empty if there is none."""
    for name in FILE_NAMES:
        document = page.read(name)
        if document and has_settings(name, document.text):
            return name
    return ""


def _optional(page: Page, diagnostic: Diagnostic) -> Iterator[Action]:
    """Mark what is missing as optional in the team's own template."""
    own = {each.path: each for each in page.workspace.settings.own_templates}
    for related in diagnostic.related[:_MOST] if diagnostic.code in _MISSING else ():
        template = own.get(related.path)
        for slot in slots_by_key(template).values() if template else ():
            is_field = isinstance(slot, FieldSlot)
            name = slot.name if isinstance(slot, FieldSlot) else shown_title(slot)
            if template and slot.is_required and _span(slot).holds(related.span.start):
                title = (
                    f"Mark {'field' if is_field else 'section'} “{name}” optional in the template"
                )
                work = partial(_marked, template, slot, name, title)
                yield _action(diagnostic, title, work)
                break


def _span(slot: SectionSlot | FieldSlot) -> Span:
    if isinstance(slot, FieldSlot):
        return slot.node.span
    heading = slot.section.heading
    return heading.span if heading else Span(-1, -1)


def _marked(template: Template, slot: SectionSlot | FieldSlot, name: str, title: str) -> Fix | None:
    change = mark_optional(template, slot, name)
    return Fix(title, (change,)) if change else None


def _recorded(page: Page, diagnostic: Diagnostic) -> Fix | None:
    """Add the problem to the baseline, which is created if it does not exist."""
    path = page.workspace.settings.config.baseline or USUAL_BASELINE
    file = page.read(path)
    try:
        before = baseline.read(file.text) if file else Baseline()
    except BaselineError:
        return None
    if before.is_old:
        return None
    line = page.document.line_at(diagnostic.span.start).of(page.document.text)
    counts = Counter(before.counts)
    counts.update(baseline.baseline_of([diagnostic], lambda _: line).counts)
    text = baseline.write(Baseline(counts))
    title = f"Record in {path}"
    if not file:
        return Fix(title, new_file=NewFile(path, lambda: text))
    return Fix(title, tuple(Change(path, each) for each in edits_between(file.text, text)))


def _turned_off(page: Page, config: str, code: str, title: str) -> Fix | None:
    """Turn the rule off in the configuration, which is created if it does not exist."""
    if not config:
        return Fix(title, new_file=NewFile(FILE_NAMES[0], lambda: f'[rules]\n{code} = "off"\n'))
    file = page.read(config)
    edit = turn_off(config, file.text, code) if file else None
    return Fix(title, (Change(config, edit),)) if edit else None
