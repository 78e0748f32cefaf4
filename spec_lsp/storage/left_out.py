"""Why a file of a folder is no document: what `FileFilter` decides, in words."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.storage.discover import is_template
from spec_lsp.workspace.config.globs import matches

if TYPE_CHECKING:
    from spec_lsp.storage.folder import Folder


def why_left_out(folder: Folder, path: str) -> str:
    """Why a file of a folder is no document; empty if it is one."""
    if own := _own(folder, path):
        return own
    files = folder.filter
    if not files or folder.holds(path):
        return ""
    config = files.config
    for base in files.families.bases:
        if (rest := base.below(path)) and (pattern := base.leaves(rest)):
            return f"The family {base.family.name} leaves it alone: `{pattern}`"
    if not matches(path, config.include):
        return f"The configuration includes only `{', '.join(config.include)}`"
    if config.exclude and matches(path, config.exclude):
        return f"The configuration excludes it: `{', '.join(config.exclude)}`"
    around = [each.as_posix() for each in reversed(Path(path).parents) if each.name]
    if any(files.is_ignored(each) for each in (*(f"{each}/" for each in around), path)):
        return "Git ignores it"
    closed = next((each for each in around if not files.is_open(each)), "")
    if closed and posixpath.basename(closed).startswith("."):
        return f"{closed} is a hidden folder, which `include` does not name"
    return f"{closed} is not searched" if closed else "A folder inside has its own configuration"


def _own(folder: Folder, path: str) -> str:
    """What a file is that shapes the settings of its folder."""
    loaded = folder.loaded
    for template in loaded.settings.written_templates:
        if template.path == path:
            return f"It is the template of the kind {template.kind}"
    if path in loaded.unread and is_template(path, loaded.settings.config.templates):
        return f"It is a template that cannot be read: {loaded.unread[path]}"
    return "It is part of the configuration" if loaded.shapes(path) else ""
