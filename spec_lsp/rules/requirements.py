"""Requirements that documents do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spec_lsp.compare import same_text
from spec_lsp.rules.engine.diagnose import RuleFinding, diagnostics
from spec_lsp.rules.engine.model import Diagnostic, Finding, Fix, FixContext, Fixer
from spec_lsp.rules.engine.registry import rule, rules
from spec_lsp.rules.fixes.edits import shown_title
from spec_lsp.rules.fixes.templates import add_choice, mark_optional
from spec_lsp.template.match.slot_keys import TASKS, slots_by_key
from spec_lsp.template.notation.candidates import candidates_in
from spec_lsp.template.schema import FieldSlot
from spec_lsp.text import Span
from spec_lsp.workspace.entry import Entry

if TYPE_CHECKING:
    from spec_lsp.template.schema import SectionSlot, Template
    from spec_lsp.workspace.evidence import Demand, Figures
    from spec_lsp.workspace.workspace import Workspace

_OPTIONAL = ("missing-section", "empty-section", "missing-field", "empty-field")
_MESSAGES = {
    "missing-section": "{met} have {name} ({met_share}%); mark it optional?",
    "empty-section": "{met} fill in {name} ({met_share}%); mark it optional?",
    "missing-field": "{met} have {name} ({met_share}%); mark it optional?",
    "empty-field": "{met} fill in {name} ({met_share}%); mark it optional?",
    "table-columns": "{met} have column {name} ({met_share}%)",
    "invalid-value": "{unmet} have other values of {name} ({share}%); add {value} to the choices?",
    "unchosen-value": "{unmet} keep all choices of {name} ({share}%)",
    "unfilled-section": "{unmet} keep the template text of {name} ({share}%)",
    "leftover-placeholder": "{unmet} keep {text} ({share}%)",
    "open-tasks": "{unmet} leave tasks of {name} open ({share}%)",
    "leftover-wrapper": "{unmet} keep the brackets around {name} ({share}%)",
}
_MOST_VALUES = 5


class Unmet(NamedTuple):
    """A demand that is not in force, its place in the template, and the values found instead."""

    template: Template
    demand: Demand
    figures: Figures
    place: DemandPlace
    values: tuple[str, ...]


@rule("unmet-requirement", "info", reads="file")
def unmet_requirement(every: Iterable[Unmet]) -> Iterator[Finding]:
    """Many documents do not meet a requirement of their template.

    What finished documents have in common is what the team means, so the requirement is reported
    here and not in each document.

    A requirement is revoked if more than a third of the documents past their draft lack a section,
    field or column, leave it empty, have values that are not among the choices, keep a text of the
    template, or are final with open tasks, and if it concerns at least ten of them.
    Four suffice if none of them has the section, field or column, and five if all of them have
    other values or keep the text.
    The table `evidence` in the configuration changes these numbers; a share of 1 revokes nothing.

    The fix changes the template: it marks the section or field as optional, or adds a choice.

    ```toml
    [evidence]
    documents = 2
    ```

    ```template
    # Note: [Title]

    ## Reason

    ## Risks
       ^^^^^ 1 of 2 documents have “Risks” (50%); mark it optional?
    ```

    ```markdown notes/one.md
    # Note: Passkeys

    ## Reason

    Passwords are phished.
    ```

    ```markdown notes/two.md
    # Note: Recovery

    ## Reason

    Devices are lost.

    ## Risks

    A stolen device.
    ```
    """
    for each in every:
        yield Finding(each.place.span, _message(each), fixer=_fixer(each))


def unmet_requirements(workspace: Workspace) -> list[Diagnostic]:
    """Diagnostics of the workspace's templates, from its documents."""
    config = workspace.settings.config
    found: list[Diagnostic] = []
    for template in workspace.settings.own_templates:
        if workspace.settings.template(template.kind) is template:
            every = rules()["unmet-requirement"].find(_unmet(template, workspace))
            findings = (RuleFinding("unmet-requirement", each, 0) for each in every)
            found += diagnostics(Entry(template.path), findings, config)
    return found


def _unmet(template: Template, workspace: Workspace) -> Iterator[Unmet]:
    evidence, kind = workspace.index.evidence, template.kind
    for demand in sorted(workspace.waived(kind)):
        figures = evidence.figures(kind, demand)
        # Brackets that every document keeps are no placeholder.
        is_demand = demand.rule != "leftover-placeholder" or figures.met
        is_demand = is_demand and workspace.settings.config.rules.get(demand.rule) != "off"
        if is_demand and (place := _place(template, demand)):
            values = evidence.values(kind, demand).most_common(_MOST_VALUES)
            named = tuple(value for value, _ in values if value)
            yield Unmet(template, demand, figures, place, named)


class DemandPlace(NamedTuple):
    """Where a template makes a demand, and how it names what it demands."""

    span: Span
    name: str
    slot: SectionSlot | FieldSlot | None = None


def _place(template: Template, demand: Demand) -> DemandPlace | None:
    """The place of a demand in the current template; None if it no longer makes the demand."""
    slot = slots_by_key(template).get(demand.slot.removeprefix(TASKS))
    if demand.rule == "leftover-placeholder":
        return _placeholder(template, demand.part, slot)
    if isinstance(slot, FieldSlot):
        return DemandPlace(slot.node.name_span, slot.name, slot)
    if not slot:
        return None
    if not demand.part:
        heading = slot.section.heading
        return DemandPlace(heading.text_span, shown_title(slot), slot) if heading else None
    if field := slot.fields_by_key.get(demand.part):
        return DemandPlace(field.node.name_span, field.name, field)
    cells = (cell for table in slot.tables for cell in table.node.header)
    cell = next((cell for cell in cells if cell.text == demand.part), None)
    return DemandPlace(cell.span, cell.text) if cell else None


def _placeholder(
    template: Template, text: str, slot: SectionSlot | FieldSlot | None
) -> DemandPlace | None:
    found = sorted(template.placeholders.get(text, ()))
    if slot and not isinstance(slot, FieldSlot) and slot.section.index in found:
        found = [slot.section.index]
    for index in found:
        for each in candidates_in(template.document.sections[index]):
            if same_text(each.text) == text:
                return DemandPlace(each.span, text)
    return None


def _message(each: Unmet) -> str:
    unmet, total = each.figures
    share = round(100 * unmet / total)
    value = ", ".join(f"“{value}”" for value in each.values[:1])
    return _MESSAGES[each.demand.rule].format(
        met=f"{total - unmet} of {total} documents",
        unmet=f"{unmet} of {total} documents",
        name=f"“{each.place.name}”",
        text=each.place.name,
        value=value,
        share=share,
        met_share=100 - share,
    )


def _fixer(each: Unmet) -> Fixer | None:
    slot = each.place.slot
    if slot and each.demand.rule in _OPTIONAL:
        return partial(_optional, each.template, slot, each.place.name)
    if each.demand.rule == "invalid-value" and isinstance(slot, FieldSlot):
        return partial(_choices, each.template, slot, each.values)
    return None


def _optional(
    template: Template, slot: SectionSlot | FieldSlot, name: str, _: FixContext
) -> Iterator[Fix]:
    if change := mark_optional(template, slot, name):
        yield Fix(f"Mark “{name}” optional", (change,), is_preferred=True)


def _choices(
    template: Template, slot: FieldSlot, values: Iterable[str], _: FixContext
) -> Iterator[Fix]:
    for value in values:
        if change := add_choice(template, slot, value):
            yield Fix(f"Add “{value}” to the choices", (change,))
