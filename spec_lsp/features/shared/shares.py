"""The share of finished documents that have a section or field of their template."""

from __future__ import annotations

from spec_lsp.template.match.slot_keys import section_key, slots_by_key
from spec_lsp.template.schema import FieldSlot, SectionSlot, Template
from spec_lsp.workspace.evidence import Demand
from spec_lsp.workspace.workspace import Workspace


def share_of(workspace: Workspace, kind: str, slot: SectionSlot | FieldSlot) -> str:
    """The share as a sentence; empty if too few documents are finished."""
    if isinstance(slot, FieldSlot):
        demand = Demand("missing-field", slot.key)
    else:
        demand = Demand("missing-section", section_key(slot))
    unmet, total = workspace.index.evidence.figures(kind, demand)
    if not slot.is_required or total < workspace.settings.config.evidence.documents:
        return ""
    met = total - unmet
    share = round(100 * met / total)
    rest = ", so it is not required" if workspace.is_waived(kind, demand) else ""
    return f"{met} of {total} finished documents have it ({share}%){rest}."


def share_at(workspace: Workspace, template: Template, offset: int) -> str:
    """The share of the section or header field that a template has at an offset."""
    for slot in slots_by_key(template).values():
        heading = None if isinstance(slot, FieldSlot) else slot.section.heading
        span = slot.node.span if isinstance(slot, FieldSlot) else heading and heading.span
        if span and span.holds(offset):
            return share_of(workspace, template.kind, slot)
    return ""
