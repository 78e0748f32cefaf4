"""Opening a folder: settings and history, then all documents, cached ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from spec_lsp.storage.discover import filter_of, is_too_wide
from spec_lsp.storage.files import Disk
from spec_lsp.storage.findings_cache import FindingsCache, state_of, texts_of
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.history import author, history_of
from spec_lsp.storage.indexing.indexer import Indexer, ReadResult
from spec_lsp.storage.store import cache_of
from spec_lsp.workspace.families.placing import Families

Progress = Callable[[int, int], None]


def open_folder(
    root: Path, on_progress: Progress | None = None, unsaved: Iterable[tuple[str, str]] = ()
) -> Folder:
    """Read a folder: its configuration, its templates and all its documents."""
    folder = scan_folder(root, unsaved)
    read_all(folder, on_progress)
    return folder


def scan_folder(root: Path, unsaved: Iterable[tuple[str, str]] = ()) -> Folder:
    """Read a folder's settings and list its documents, without reading them.

    A folder that is too wide is not searched for documents.
    """
    folder = Folder(root.resolve(), unsaved)
    folder.named.update(folder.texts.open)
    to_read = folder.to_read = prepare(folder)
    adopt(folder, to_read.settings.families)
    state = state_of(to_read.signature, to_read.sights, folder.inner, to_read.history)
    folder.findings = FindingsCache(to_read.cache, state, folder.texts)
    return folder


def prepare(folder: Folder) -> Indexer:
    """Do what comes before files are read: scan, cache, history. Git is slow on some machines."""
    root, settings = folder.root, folder.settings
    cache = cache_of(root)
    folder.author = author(root)
    sights = list(folder.filter.scan()) if folder.filter and not is_too_wide(root) else []
    families = folder.filter.families if folder.filter else settings.families
    settings = replace(settings, families=families)
    history = history_of(root, settings, cache)
    folder.workspace.past = history.template_of
    folder.inner = [each.path for each in sights if each.what == "root"]
    return Indexer(
        Disk(root),
        settings,
        history,
        cache,
        [each for each in sights if each.what != "root"],
        folder.on_failure,
        # Full priority for the first indexing: the user is waiting. Later they may be typing.
        low_priority=folder.is_complete,
    )


def adopt(folder: Folder, families: Families) -> None:
    """Use the families that a scan has found below the folder."""
    settings = folder.loaded.settings
    if settings.families.bases != families.bases:
        folder.loaded = replace(folder.loaded, settings=replace(settings, families=families))
        folder.filter = filter_of(folder.root, folder.loaded)
        folder.set_levels(folder.levels)


def read_all(folder: Folder, on_progress: Progress | None = None) -> None:
    """Read the documents that a scan has found, unless that has been done."""
    to_read, folder.to_read = folder.to_read, None
    if not to_read:
        return
    done, number = 0, len(to_read.sights)

    def counted(batches: Iterable[list[ReadResult]]) -> Iterator[list[ReadResult]]:
        nonlocal done
        for batch in batches:
            yield batch
            done += len(batch)
            if on_progress:
                on_progress(done, number)

    for batch in counted(to_read.recalled()):
        folder.take(batch)
    before = to_read.before()
    if before is None:
        for batch in counted(to_read.read()):
            folder.take(batch)
    else:
        _build_on(folder, before, [each for batch in counted(to_read.read()) for each in batch])
        _named(folder).before = texts_of(to_read.signature, to_read.marks_before, to_read.history)
    _named(folder).texts = texts_of(to_read.signature, to_read.marks, to_read.history)
    folder.finish()


def _build_on(folder: Folder, before: Iterable[ReadResult], new: list[ReadResult]) -> None:
    """Update the folder with the few texts that have changed since all findings were cached.

    The cached texts are added first and then replaced, so that the index computes which files the
    changes affect.
    """
    before = list(before)
    folder.take(before)
    _named(folder).is_named_alike = _names(before) == _names(new)
    gone = {each.path for each in before}
    doubted: set[str] = set()
    for each in new:
        gone.discard(each.path)
        doubted |= folder.exchange(each)
    for path in gone:
        doubted |= folder.drop(path)
    _named(folder).doubt(doubted)


def _names(results: Iterable[ReadResult]) -> dict[str, object]:
    """All that files have in a list of names: their paths and addresses, and the IDs in them."""
    keys = ((each.path, each.digest and each.digest.keys) for each in results)
    return {path: each and (each.own, each.inner, each.slugs) for path, each in keys}


def _named(folder: Folder) -> FindingsCache:
    assert folder.findings  # noqa: S101 -- `scan_folder` has made it.
    return folder.findings
