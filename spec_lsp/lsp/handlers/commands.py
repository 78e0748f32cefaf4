"""What editors can ask beyond the protocol: templates, new documents, the graph, the state."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.features import create
from spec_lsp.features import graph as graphs
from spec_lsp.features.actions import insert_missing as missing_fix
from spec_lsp.features.placeholders import next_placeholder as find_placeholder
from spec_lsp.lsp import uris
from spec_lsp.lsp.command_arguments import arguments_of
from spec_lsp.lsp.convert import Ruler
from spec_lsp.lsp.edits import of_fix, workspace_edit
from spec_lsp.lsp.handlers.renaming import refusal
from spec_lsp.lsp.indexing import index_root
from spec_lsp.report import trace
from spec_lsp.template.builtin import texts
from spec_lsp.template.create import is_safe_id
from spec_lsp.template.fill import new_document
from spec_lsp.template.parts import plain, snippet

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec_lsp.lsp.root import Root
    from spec_lsp.lsp.server import SpecServer
    from spec_lsp.rules.model import Diagnostic
    from spec_lsp.workspace.entry import Entry

Answer = dict[str, Any] | None


def execute(server: SpecServer, params: lsp.ExecuteCommandParams) -> Any:  # noqa: ANN401
    """Run a command with arguments that are what it expects."""
    given = arguments_of(params.command, params.arguments or ())
    return _COMMANDS[params.command](server, given)


def templates(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of document that can be written."""
    root = _root(server, given)
    return [
        {
            "kind": each.kind,
            "name": each.name,
            "description": each.description,
            "builtin": each.is_builtin,
            "uri": server.session.uri_of(root, each.path),
        }
        for each in root.settings.templates
    ]


def show_template(server: SpecServer, given: dict[str, Any]) -> Answer:
    """The template that governs a document."""
    page = server.session.page(given["uri"])
    if not page or not page.binding:
        return None
    root = server.session.buffer(given["uri"]).root
    template = page.binding.template
    ruler = server.session.ruler(root, template.path)
    heading = template.document.title_section
    span = heading.heading.text_span if heading and heading.heading else None
    at = _plain_range(ruler.range(span)) if ruler and span else None
    return {"uri": server.session.uri_of(root, template.path), "range": at}


def template_text(server: SpecServer, given: dict[str, Any]) -> Answer:
    """The text of a built-in template."""
    name = given["uri"].removeprefix(f"{uris.BUILTIN}:").lstrip("/").removesuffix(".md")
    text = texts().get(name)
    return {"text": text} if text is not None else None


def next_placeholder(server: SpecServer, given: dict[str, Any]) -> Answer:
    """The next stretch that waits to be filled, or the one before."""
    session = server.session
    at = given["position"]
    place = session.place(given["uri"], at["line"], at["character"])
    if not place:
        return None
    backwards = bool(given.get("backwards"))
    span = find_placeholder(place.page, place.offset, backwards=backwards)
    return _plain_range(Ruler(place.document, session.encoding).range(span)) if span else None


def status(server: SpecServer, given: dict[str, Any]) -> Answer:
    """The state of one open document."""
    session = server.session
    buffer = session.buffer(given["uri"])
    page = session.page(given["uri"])
    if not buffer or not page or not page.binding:
        return None
    found = _state(page.entry, session.diagnostics(buffer))
    return {"uri": buffer.uri, "template": page.binding.template.name, **found}


def documents(server: SpecServer, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Every document of a kind, with its state."""
    session = server.session
    answer = []
    for root in session.roots.values():
        names = {each.kind: each.name for each in root.settings.templates}
        for path in root.paths():
            entry = root.workspace.entry(path)
            if entry and entry.kind:
                found = session.diagnostics_of(root, path)
                answer.append(
                    {
                        "uri": session.uri_of(root, path),
                        "path": path,
                        "root": root.folder,
                        "kindName": names.get(entry.kind, entry.kind),
                        **_state(entry, found),
                    }
                )
    return answer


def graph(server: SpecServer, given: dict[str, Any]) -> Answer:
    """What refers to what, as data or ready to look at."""
    root = _root(server, given)
    found = graphs.graph(root.workspace)
    form = given.get("format", "json")
    if form == "mermaid":
        return {"mermaid": trace.mermaid(found)}
    if form == "html":
        return {"html": trace.html(found, lambda path: server.session.uri_of(root, path))}
    nodes = [
        {
            "path": node.path,
            "uri": server.session.uri_of(root, node.path),
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
    """Read everything from the disk again."""
    server.session.find_roots_again()
    for root in server.session.roots.values():
        root.reload()
        index_root(server, root)


def insert_missing(server: SpecServer, given: dict[str, Any]) -> None:
    """Insert all missing sections of a document."""
    page = server.session.page(given["uri"])
    buffer = server.session.buffer(given["uri"])
    fix = missing_fix(page) if page else None
    if buffer and fix:
        _apply(server, of_fix(server, buffer.root, fix))


def new(server: SpecServer, given: dict[str, Any]) -> Answer:
    """A new document, to be opened as a snippet or written at once."""
    session = server.session
    root = _root(server, given)
    template = root.settings.template(given.get("kind", ""))
    if not template:
        raise refusal(f"no template is called “{given.get('kind', '')}”")
    if given.get("id") and not is_safe_id(given["id"]):
        raise refusal(f"“{given['id']}” cannot be an ID: it would not make a file name")
    order = create.Order(
        template,
        given.get("title", ""),
        given.get("id", ""),
        today=session.today(),
        author=session.settings.author or root.author,
    )
    return _made(server, root, order, write=bool(given.get("write")))


def create_from_id(server: SpecServer, given: dict[str, Any]) -> Answer:
    """The document that the ID at a place should be."""
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
    order = create.Order(kinds[0], "", place.mention.text, today=page.today, author=page.author)
    return _made(server, session.buffer(given["uri"]).root, order, write=bool(given.get("write")))


def _made(server: SpecServer, root: Root, order: create.Order, *, write: bool) -> Answer:
    file = create.new_file(root.workspace, order)
    values = create.values_of_order(root.workspace, order)
    uri = server.session.uri_of(root, file.path)
    if write:
        _apply(server, workspace_edit(server, root, {}, created=[(file.path, file.text)]))
        return {"uri": uri, "id": values.id}
    parts = new_document(order.template, values)
    return {"uri": uri, "snippet": snippet(parts), "plain": plain(parts), "id": values.id}


def _apply(server: SpecServer, edit: lsp.WorkspaceEdit | None) -> None:
    if edit:
        server.workspace_apply_edit(lsp.ApplyWorkspaceEditParams(edit))
    else:
        raise refusal("this editor cannot make this change by itself")


def _root(server: SpecServer, given: dict[str, Any]) -> Root:
    session = server.session
    uri = given.get("uri")
    if uri:
        root: Root = session.locate(uri)[0]
        return root
    first: Root = next(iter(session.roots.values()), session.loose)
    return first


def _state(entry: Entry, found: list[Diagnostic]) -> dict[str, Any]:
    levels = Counter(each.level for each in found)
    return {
        "kind": entry.kind,
        "id": entry.id,
        "title": entry.title,
        "status": entry.status,
        "stage": entry.stage,
        "completeness": round(entry.completeness, 3),
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
}
