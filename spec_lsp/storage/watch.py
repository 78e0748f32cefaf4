"""Watch the files of a folder by polling."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from spec_lsp.storage.file_filter import config_file
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder

Stamps = dict[str, tuple[int, int]]

INTERVAL = 0.5  # seconds between two polls


def watch(folder: Folder, pause: Callable[[float], None] = time.sleep) -> Iterator[Folder]:
    """Yield the folder whenever it has changed on the disk; re-open it if its settings have.

    Every change after this call counts, even before the first `next`.
    """
    return _changes(folder, _stamps(folder), pause)


def _changes(folder: Folder, stamps: Stamps, pause: Callable[[float], None]) -> Iterator[Folder]:
    while True:
        pause(INTERVAL)
        now = _stamps(folder)
        if now == stamps:
            continue
        changed = {path for path in now.keys() | stamps.keys() if now.get(path) != stamps.get(path)}
        stamps = now
        if any(_is_setting(folder, path) for path in changed):
            folder = open_folder(folder.root)
            stamps = _stamps(folder)
        else:
            folder.refresh(sorted(changed))
        yield folder


def _stamps(folder: Folder) -> Stamps:
    """The modification time and the size of each file."""
    documents = (
        sight.path
        for sight in (folder.filter.scan() if folder.filter else ())
        if sight.what != "root"
    )
    loaded = folder.loaded
    settings = (config_file(folder.root), loaded.baseline, *loaded.template_paths)
    found = ((path, _stamp(folder.root / path)) for path in (*documents, *settings) if path)
    return {path: stamp for path, stamp in found if stamp}


def _is_setting(folder: Folder, path: str) -> bool:
    return folder.loaded.shapes(path) or path == config_file(folder.root)


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
