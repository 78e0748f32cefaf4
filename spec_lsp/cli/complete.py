"""What a shell offers after Tab: kinds, statuses, IDs, codes of rules and paths.

A shell shows nothing but the answers, so an error means that there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec_lsp.storage.folder import Folder

# A value, or a value and its description.
Item = str | tuple[str, str]
Completer = Callable[[str], list[Item]]


def _quiet(complete: Callable[[str], Iterable[Item]]) -> Completer:
    def answers(incomplete: str) -> list[Item]:
        try:
            return list(complete(incomplete))
        except Exception:  # noqa: BLE001 -- a traceback would be typed into the command line.
            return []

    return answers


@_quiet
def kinds(_incomplete: str) -> Iterable[Item]:
    """The kinds of documents."""
    from spec_lsp.cli.find_template import settings_here

    return ((each.kind, each.description or each.name) for each in settings_here().templates)


@_quiet
def kinds_or_paths(incomplete: str) -> Iterable[Item]:
    """The kinds of documents, the families, and paths of templates."""
    from spec_lsp.cli.find_template import settings_here

    families = (each.family.name for each in settings_here().families.bases)
    return [*kinds(incomplete), *families, *markdown_paths(incomplete)]


@_quiet
def statuses(_incomplete: str) -> Iterable[Item]:
    """The statuses of documents, and those that templates list."""
    from spec_lsp.features.shared.cards import state

    folder = _folder()
    cycles = (each.lifecycle for each in folder.workspace.settings.templates)
    listed = (status for each in cycles if each for status in each.order)
    return sorted({*filter(None, map(state, folder.workspace.index.entries.values())), *listed})


@_quiet
def ids(_incomplete: str) -> Iterable[Item]:
    """The IDs of documents, with their titles."""
    entries = _folder().workspace.index.entries.values()
    return sorted((each.id, each.title) for each in entries if each.id)


@_quiet
def codes(incomplete: str) -> Iterable[Item]:
    """The codes of rules; in a list, the ones after the last comma."""
    from spec_lsp.rules.engine.registry import rules

    before, comma, _ = incomplete.rpartition(",")
    return ((f"{before}{comma}{code}", rule.summary) for code, rule in rules().items())


@_quiet
def markdown_paths(incomplete: str) -> Iterable[Item]:
    """Folders and Markdown files."""
    head, slash, name = incomplete.rpartition("/")
    folder = Path(f"{head}{slash}" or ".")
    found = (each for each in sorted(folder.iterdir()) if each.name.startswith(name))
    for each in found:
        if each.name.startswith(".") and not name:
            continue
        if each.is_dir():
            yield f"{head}{slash}{each.name}/"
        elif each.suffix == ".md":
            yield f"{head}{slash}{each.name}"


def _folder() -> Folder:
    """The workspace of the current folder, without a progress bar."""
    from spec_lsp.storage.discover import find_root
    from spec_lsp.storage.read import open_folder

    return open_folder(find_root(Path.cwd()))
