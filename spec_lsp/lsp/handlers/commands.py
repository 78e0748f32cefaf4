"""The commands of the server; their handlers are beside this file, by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spec_lsp.lsp.background.indexing import index_root
from spec_lsp.lsp.command_arguments import arguments_of
from spec_lsp.lsp.handlers import creation, graph, links, lists, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsprotocol import types as lsp

    from spec_lsp.lsp.server import SpecServer


def execute(server: SpecServer, params: lsp.ExecuteCommandParams) -> Any:  # noqa: ANN401
    """Validate the arguments and run the command."""
    given = arguments_of(params.command, params.arguments or ())
    return _COMMANDS[params.command](server, given)


def restart_index(server: SpecServer, given: dict[str, Any]) -> None:
    """Re-index all folders."""
    server.session.find_roots_again()
    for folder in server.session.roots.values():
        folder.reload()
        index_root(server, folder)
    server.session.follow()


_COMMANDS: dict[str, Callable[[SpecServer, dict[str, Any]], Any]] = {
    "specLsp.templates": lists.templates,
    "specLsp.new": creation.new,
    "specLsp.nextPlaceholder": texts.next_placeholder,
    "specLsp.createFromId": creation.create_from_id,
    "specLsp.graph": graph.graph,
    "specLsp.showTemplate": texts.show_template,
    "specLsp.templateText": texts.template_text,
    "specLsp.status": lists.status,
    "specLsp.documents": lists.documents,
    "specLsp.restartIndex": restart_index,
    "specLsp.insertMissing": creation.insert_missing,
    "specLsp.rules": lists.list_rules,
    "specLsp.setStatus": creation.set_status,
    "specLsp.tasks": texts.tasks,
    "specLsp.links": links.links,
    "specLsp.preview": texts.preview,
    "specLsp.open": texts.open_document,
}
