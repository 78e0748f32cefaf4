"""Custom commands: templates, new documents, the graph, the progress of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.features.edit.actions import insert_missing as missing_fix
from spec_lsp.features.edit.next_placeholder import next_placeholder as find_placeholder
from spec_lsp.features.navigate import graph as graphs
from spec_lsp.features.shared.new_document import DocumentRequest, new_file, values_of_order
from spec_lsp.lsp import uris
from spec_lsp.lsp.background.indexing import index_root
from spec_lsp.lsp.command_arguments import arguments_of
from spec_lsp.lsp.convert import PositionConverter
from spec_lsp.lsp.handlers.renaming import refusal
from spec_lsp.lsp.workspace_edit import of_fix, small_edit
from spec_lsp.report.graph import text_forms
from spec_lsp.report.page.graph_page import graph_page
from spec_lsp.rules.engine.model import RULE_PAGES
from spec_lsp.rules.engine.registry import rules
from spec_lsp.storage.clock import today
from spec_lsp.template.builtin import texts
from spec_lsp.template.write.file_name import is_safe_id
from spec_lsp.template.write.fill import new_document
from spec_lsp.template.write.snippet import plain, snippet

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.rules.engine.model import Diagnostic
    from spec_lsp.storage.folder import Folder
    from spec_lsp.workspace.entry import Entry

Answer = dict[str, Any] | None


def execute(server: SpecServer, params: lsp.ExecuteCommandParams) -> Any:  # noqa: ANN401
    """Validate the arguments and run the command."""
    given = arguments_of(params.command, params.arguments or ())
    return _COMMANDS[params.command](server, given)


def templates(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]]:
    """List the templates."""
    folder = _folder(server, given)
    return [
        {
            "kind": each.kind,
            "name": each.name,
            "description": each.description,
            "builtin": each.is_builtin,
            "uri": server.session.uri_of(folder, each.path),
        }
        for each in folder.settings.templates
    ]


def show_template(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the template of a document."""
    page = server.session.page(given["uri"])
    if not page or not page.binding:
        return None
    folder = server.session.locate(given["uri"])[0]
    template = page.binding.template.today or page.binding.template
    ruler = server.session.ruler(folder, template.path)
    heading = template.document.title_section
    span = heading.heading.text_span if heading and heading.heading else None
    at = _plain_range(ruler.range(span)) if ruler and span else None
    return {"uri": server.session.uri_of(folder, template.path), "range": at}


def template_text(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the text of a built-in template, or of the page of a rule."""
    from spec_lsp.rules.engine.pages import explain

    name = given["uri"].removeprefix(f"{uris.BUILTIN}:").lstrip("/").removesuffix(".md")
    code = name.removeprefix(RULE_PAGES)
    text = explain(code) if name != code and code in rules() else texts().get(name)
    return {"text": text} if text is not None else None


def list_rules(server: SpecServer, given: dict[str, Any]) -> list[dict[str, str]]:
    """List the rules."""
    return [{"code": each.code, "summary": each.summary} for each in rules().values()]


def open_document(server: SpecServer, given: dict[str, Any]) -> None:
    """Let the client show a document."""
    server.window_show_document(lsp.ShowDocumentParams(given["uri"], take_focus=True))


def next_placeholder(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the range of the next or previous placeholder, its number and their count."""
    session = server.session
    at = given["position"]
    place = session.place(given["uri"], at["line"], at["character"])
    if not place:
        return None
    backwards = bool(given.get("backwards"))
    stop = find_placeholder(place.page, place.offset, backwards=backwards)
    if not stop:
        return None
    at = PositionConverter(place.document, session.encoding).plain_range(stop.span)
    return {**at, "number": stop.number, "count": stop.count}


def status(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the progress of an open document."""
    session = server.session
    buffer = session.buffer(given["uri"])
    page = session.page(given["uri"])
    if not buffer or not page or not page.binding:
        return None
    found = _state(page.entry, session.diagnostics(buffer.folder, buffer.path))
    return {"uri": buffer.uri, "template": page.binding.template.name, **found}


def documents(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]]:
    """List all documents that have a template, with their progress."""
    session = server.session
    answer = []
    for folder in session.roots.values():
        names = {each.kind: each.name for each in folder.settings.templates}
        for path in folder.paths:
            entry = folder.workspace.entry(path)
            if entry and entry.kind:
                found = session.diagnostics(folder, path)
                answer.append(
                    {
                        "uri": session.uri_of(folder, path),
                        "path": path,
                        "root": folder.location,
                        "kindName": names.get(entry.kind, entry.kind),
                        **_state(entry, found),
                    }
                )
    return answer


def graph(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Return the trace graph as data, Mermaid or HTML."""
    folder = _folder(server, given)
    found = graphs.graph(folder.workspace)
    form = given.get("format", "json")
    if form == "mermaid":
        return {"mermaid": text_forms.mermaid(found)}
    if form == "html":
        return {"html": graph_page(found, lambda path: server.session.uri_of(folder, path))}
    nodes = [
        {
            "path": node.path,
            "uri": server.session.uri_of(folder, node.path),
            "id": node.id,
            "title": node.title,
            "kind": node.kind,
            "status": node.status,
            "stage": node.stage,
        }
        for node in found.nodes
    ]
    edges = [{"from": e.source, "to": e.target, "label": e.label} for e in found.edges]
    return {"nodes": nodes, "edges": edges}


def restart_index(server: SpecServer, given: dict[str, Any]) -> None:
    """Re-index all folders."""
    server.session.find_roots_again()
    for folder in server.session.roots.values():
        folder.reload()
        index_root(server, folder)
    server.session.follow()


def insert_missing(server: SpecServer, given: dict[str, Any]) -> None:
    """Insert all missing sections."""
    page = server.session.page(given["uri"])
    buffer = server.session.buffer(given["uri"])
    fix = missing_fix(page) if page else None
    if buffer and fix:
        _apply(server, of_fix(server, buffer.folder, fix))


def new(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Create a document: return it as a snippet, or write it."""
    session = server.session
    folder = _folder(server, given)
    template = folder.settings.template(given.get("kind", ""))
    if not template:
        raise refusal(f"Unknown kind “{given.get('kind', '')}”")
    if given.get("id") and not is_safe_id(given["id"]):
        raise refusal(f"“{given['id']}” is not a valid ID: it cannot be used in a file name")
    order = DocumentRequest(
        template,
        given.get("title", ""),
        given.get("id", ""),
        directory=session.locate(_inside(given["directory"]))[1].rpartition("/")[0]
        if given.get("directory")
        else None,
        today=today(),
        author=session.settings.author or folder.author,
    )
    return _made(server, folder, order, write=bool(given.get("write")))


def create_from_id(server: SpecServer, given: dict[str, Any]) -> Answer:
    """Create a document for the undefined ID at a position."""
    session = server.session
    at = given["position"]
    place = session.place(given["uri"], at["line"], at["character"])
    if not place or not place.mention:
        return None
    prefix = place.mention.text.rstrip("0123456789.")
    kinds = [t for t in place.workspace.settings.templates if t.id and t.id.prefix == prefix]
    if given.get("kind"):
        kinds = [each for each in kinds if each.kind == given["kind"]]
    if not kinds or any(place.workspace.index.definitions(place.mention.key)):
        return None
    page = place.page
    order = DocumentRequest(kinds[0], "", place.mention.text, today=page.today, author=page.author)
    return _made(server, session.locate(given["uri"])[0], order, write=bool(given.get("write")))


def _made(server: SpecServer, folder: Folder, order: DocumentRequest, *, write: bool) -> Answer:
    file = new_file(folder.workspace, order)
    values = values_of_order(folder.workspace, order)
    uri = server.session.uri_of(folder, file.path)
    if write:
        _apply(server, small_edit(server, folder, {}, created=[(file.path, file.text)]))
        return {"uri": uri, "id": values.id}
    parts = new_document(order.template, values)
    return {"uri": uri, "snippet": snippet(parts), "plain": plain(parts), "id": values.id}


def _apply(server: SpecServer, edit: lsp.WorkspaceEdit | None) -> None:
    if edit:
        server.workspace_apply_edit(lsp.ApplyWorkspaceEditParams(edit))
    else:
        raise refusal("This editor does not support this change")


def _folder(server: SpecServer, given: dict[str, Any]) -> Folder:
    session = server.session
    uri = given.get("directory") or given.get("uri")
    if not uri:
        return next(iter(session.roots.values()), session.loose)
    path = uris.to_path(uri)
    return session.locate(_inside(uri) if path and Path(path).is_dir() else uri)[0]


def _inside(directory: str) -> str:
    """The URI of a file in a folder: what governs it also governs new documents there."""
    return f"{directory.rstrip('/')}/-.md"


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


def _plain_range(at: lsp.Range) -> dict[str, Any]:
    return {
        "start": {"line": at.start.line, "character": at.start.character},
        "end": {"line": at.end.line, "character": at.end.character},
    }


_COMMANDS: dict[str, Callable[[SpecServer, dict[str, Any]], Any]] = {
    "specLsp.templates": templates,
    "specLsp.new": new,
    "specLsp.nextPlaceholder": next_placeholder,
    "specLsp.createFromId": create_from_id,
    "specLsp.graph": graph,
    "specLsp.showTemplate": show_template,
    "specLsp.templateText": template_text,
    "specLsp.status": status,
    "specLsp.documents": documents,
    "specLsp.restartIndex": restart_index,
    "specLsp.insertMissing": insert_missing,
    "specLsp.rules": list_rules,
    "specLsp.open": open_document,
}
