"""Commands that list templates, documents and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from spec_lsp.features.shared.cards import listed_state, owner
from spec_lsp.lsp.handlers.folder_of import folder_of
from spec_lsp.rules.engine.registry import rules

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.rules.engine.model import Diagnostic
    from spec_lsp.workspace.entry import Entry

Answer = dict[str, Any] | None


def templates(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]]:
    """List the templates."""
    folder = folder_of(server, given)
    return [
        {
            "kind": each.kind,
            "name": each.name,
            "description": each.description,
            "builtin": each.is_builtin,
            "uri": server.session.uri_of(folder, each.path),
            "states": list(each.lifecycle.order) if each.lifecycle else [],
        }
        for each in folder.settings.templates
    ]


def documents(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]]:
    """List all documents that have a template, with their progress."""
    session = server.session
    answer = []
    for folder in session.roots.values():
        templates_by_kind = {each.kind: each for each in folder.settings.templates}
        names = {kind: each.name for kind, each in templates_by_kind.items()}
        for path in folder.paths:
            entry = folder.workspace.entry(path)
            if entry and entry.kind:
                found = session.diagnostics(folder, path)
                template = templates_by_kind.get(entry.kind)
                answer.append(
                    {
                        "uri": session.uri_of(folder, path),
                        "path": path,
                        "root": folder.location,
                        "unit": entry.unit,
                        "owner": owner(entry, template),
                        "state": listed_state(entry, template),
                        "kindName": names.get(entry.kind, entry.kind),
                        **_state(entry, found),
                    }
                )
    return answer


def status(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the progress of an open document."""
    session = server.session
    buffer = session.buffer(given["uri"])
    page = session.page(given["uri"])
    if not buffer or not page or not page.binding:
        return None
    found = _state(page.entry, session.diagnostics(buffer.folder, buffer.path))
    return {"uri": buffer.uri, "template": page.binding.template.name, **found}


def list_rules(server: SpecServer, given: dict[str, Any]) -> list[dict[str, str]]:
    """List the rules."""
    return [{"code": each.code, "summary": each.summary} for each in rules().values()]


def _state(entry: Entry, found: Iterable[Diagnostic]) -> dict[str, Any]:
    levels = Counter(each.level for each in found)
    return {
        "kind": entry.kind,
        "id": entry.id,
        "title": entry.title,
        "status": entry.status,
        "stage": entry.stage,
        "completeness": round(entry.completeness, 3),
        "percent": entry.percent,
        "sections": list(entry.sections),
        "tasks": list(entry.tasks),
        "placeholders": entry.placeholders,
        "findings": {level: levels.get(level, 0) for level in ("error", "warning", "info", "hint")},
    }
