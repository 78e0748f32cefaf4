"""Noticing that files changed, by looking at them every now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from spec_lsp.storage.file_filter import config_file
from spec_lsp.storage.project import Project, open_project

Stamps = dict[str, tuple[int, int]]

INTERVAL = 0.5


def watch(project: Project, pause: Callable[[float], None] = time.sleep) -> Iterator[Project]:
    """The project whenever it has changed on the disk; it is opened anew when its settings did.

    What changes after this call is noticed, however late somebody asks for the first change.
    """
    return _changes(project, _stamps(project), pause)


def _changes(project: Project, stamps: Stamps, pause: Callable[[float], None]) -> Iterator[Project]:
    while True:
        pause(INTERVAL)
        now = _stamps(project)
        if now == stamps:
            continue
        changed = {path for path in now.keys() | stamps.keys() if now.get(path) != stamps.get(path)}
        stamps = now
        if any(_is_setting(project, path) for path in changed):
            project = open_project(project.folder)
            stamps = _stamps(project)
        else:
            for path in sorted(changed):
                if path in now:
                    project.read(path)
                else:
                    project.forget(path)
        yield project


def _stamps(project: Project) -> Stamps:
    """When each file was changed last, and how long it is."""
    documents = (sight.path for sight in project.scope.scan() if sight.what != "root")
    loaded = project.loaded
    settings = (config_file(project.folder), loaded.baseline, *loaded.template_paths)
    found = ((path, _stamp(project.folder / path)) for path in (*documents, *settings) if path)
    return {path: stamp for path, stamp in found if stamp}


def _is_setting(project: Project, path: str) -> bool:
    return project.loaded.shapes(path) or path == config_file(project.folder)


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
