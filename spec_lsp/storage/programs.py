"""Programs on the PATH, of which those inside a workspace are never started."""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from pathlib import Path

from spec_lsp.storage.scope import git_top

logger = logging.getLogger(__name__)


def program_outside(name: str, folder: Path) -> str | None:
    """The absolute path of a program that is not in the workspace around a folder.

    Relative entries of the PATH are skipped, and so are those in the repository around the current
    folder, which Windows itself would search first.
    """
    return _find(name, os.environ.get("PATH", ""), _closed(folder))


def _closed(folder: Path) -> frozenset[Path]:
    found = {git_top(folder) or folder}
    try:
        here = Path.cwd()
    except OSError:  # It was deleted.
        return frozenset(found)
    if here != here.parent:  # Everything is below `/`, where containers start programs.
        found.add(git_top(here) or here)
    return frozenset(found)


@lru_cache(maxsize=64)
def _find(name: str, search_path: str, closed: frozenset[Path]) -> str | None:
    skipped = ""
    for entry in search_path.split(os.pathsep):
        file = Path(entry, f"{name}.exe" if os.name == "nt" else name)
        if not file.is_absolute():
            continue
        try:
            if not (file.is_file() and os.access(file, os.X_OK)):
                continue
            places = (file, file.resolve())
        except (OSError, RuntimeError, ValueError):
            continue
        if not any(place.is_relative_to(each) for place in places for each in closed):
            return str(file)
        skipped = str(file)
    if skipped:
        logger.warning("%s is inside the workspace and is not run", skipped)
    return None
