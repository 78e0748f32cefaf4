"""`spec-lsp doctor`: what is in force here, and what is missing."""

from __future__ import annotations

import platform
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spec_lsp import __version__
from spec_lsp.cli.terminal import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spec_lsp.storage.folder import Folder


def doctor(
    folder: Annotated[Path, typer.Argument(help=r"A folder. \[default: .]")] = Path(),
) -> None:
    """Show the version, the programs, the cache, the root, the templates and the documents."""
    from spec_lsp.cli.folders import look_at
    from spec_lsp.report.formats.as_text import table

    found = look_at([folder])
    rows = [("spec-lsp", __version__), ("Python", _python())]
    for each in found:
        rows += _rows(each.folder)
    write(table(rows))


def _python() -> str:
    version = f"{platform.python_version()}, {platform.python_implementation()}"
    return f"{version}, {platform.system()} {platform.machine()}: {sys.executable}"


def _rows(folder: Folder) -> Iterator[tuple[str, str]]:
    from spec_lsp.cli.folders import read
    from spec_lsp.report.formats.as_text import plural
    from spec_lsp.storage.find_templates import unread_beside

    read(folder)
    yield "root", f"{folder.root}: {_ground(folder)}"
    yield "git", _git(folder.root)
    yield "cache", _cache(folder.root)
    yield "configuration", _configuration(folder)
    entries = folder.workspace.index.entries.values()
    counts = Counter(each.kind for each in entries if each.is_spec)
    yield from _families(folder)
    for template in folder.settings.written_templates:
        yield (
            "template",
            f"{template.kind}, {plural(counts[template.kind], 'document')}: {template.path}",
        )
    for path, reason in unread_beside(folder.root, folder.loaded):
        yield "not read", f"{path}: {reason}"
    builtin = [each.kind for each in folder.settings.templates if each.is_builtin]
    for kind in builtin:
        if counts[kind]:
            yield "template", f"{kind}, {plural(counts[kind], 'document')}: built-in"
    if builtin:
        yield "built-in", ", ".join(builtin)
    files, bound = len(folder.documents), sum(counts.values())
    yield "documents", f"{plural(files, 'Markdown file')}, {bound} of them from a template"
    for path, reason in sorted({**folder.loaded.unread, **folder.unreadable}.items()):
        yield "unreadable", f"{path}: {reason}"


def _families(folder: Folder) -> Iterator[tuple[str, str]]:
    """The recognised families: where, and how many documents of which kinds."""
    families = folder.settings.families
    placed = filter(None, map(families.place, folder.documents))
    counts = Counter((each.family.name, each.base, each.kind.name) for each in placed)
    for base in families.bases:
        own = ((kind, counts[base.family.name, base.base, kind]) for kind in base.templates)
        kinds = ", ".join(f"{kind} ({count})" for kind, count in own if count)
        yield "family", f"{base.family.name} in {base.base or '.'}: {kinds or 'no documents'}"


def _ground(folder: Folder) -> str:
    """Why a folder is the root."""
    from spec_lsp.storage.file_filter import git_top

    if folder.loaded.config_path:
        return f"contains {folder.loaded.config_path}"
    if folder.root == git_top(folder.root):
        return "top of the repository"
    return "no configuration and no repository around it"


def _git(root: Path) -> str:
    from spec_lsp.storage.host.git import git_text
    from spec_lsp.storage.host.programs import program_outside

    program = program_outside("git", root)
    if not program:
        return "not found: documents are compared with the templates of today"
    return f"{git_text(root, 'version').removeprefix('git version ')}: {program}"


def _cache(root: Path) -> str:
    from spec_lsp.storage.store import cache_of

    cache = cache_of(root)
    if not cache.file:
        return "off"
    reason = cache.failure()
    return f"not used: {reason}" if reason else str(cache.file)


def _configuration(folder: Folder) -> str:
    from spec_lsp.report.formats.as_text import plural
    from spec_lsp.workspace.config.read import keys_in

    loaded = folder.loaded
    if not loaded.config_path:
        return "none; the defaults are in force"
    keys = ", ".join(sorted(keys_in(loaded.config_path, loaded.config_text))) or "empty"
    faults = len(loaded.faults)
    text = f"{loaded.config_path}: {keys}"
    return f"{text}; {plural(faults, 'problem')}" if faults else text
