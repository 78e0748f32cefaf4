"""Document links: links to files and headings, and IDs of external systems."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.features.shared.place import Page
from spec_lsp.features.shared.results import DocumentLink
from spec_lsp.workspace.link_targets import target_path


def links(page: Page) -> list[DocumentLink]:
    """Return the links of a document, in order, without broken ones.

    Only IDs of external systems if the editor finds links to files itself.
    """
    files = () if page.avoids_duplicates else _files(page)
    found = {link.span: link for link in (*files, *_external(page))}
    return [found[span] for span in sorted(found)]


def _files(page: Page) -> Iterator[DocumentLink]:
    for reference in page.entry.references:
        path = target_path(page.workspace, page.path, reference.path)
        entry = page.workspace.entry(path)
        is_file = bool(entry) or (path and page.workspace.files.exists(path))
        if reference.span.start < reference.span.end and is_file:
            title = entry.title if entry else ""
            yield DocumentLink(reference.span, path, reference.anchor, tooltip=title)


def _external(page: Page) -> Iterator[DocumentLink]:
    ids = page.workspace.settings.ids
    if not ids.external:
        return
    for section in page.document.sections:
        for identifier in section.identifiers if section.chunk.identifiers else ():
            url = ids.url(identifier.text)
            if url and not identifier.implied:
                yield DocumentLink(identifier.span, url=url, tooltip=identifier.text)
