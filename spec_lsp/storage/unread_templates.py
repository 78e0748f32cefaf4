"""Files in the folder of templates that are not read, each with the reason."""

from __future__ import annotations

import posixpath
from pathlib import Path

from spec_lsp.storage.discover import Loaded, files_below
from spec_lsp.storage.file_filter import OWN_FOLDER

_HOME = f"{OWN_FOLDER}/templates"
_SUFFIXES = (".md", ".txt")


def unread_templates(folder: Path, loaded: Loaded) -> dict[str, str]:
    """The files in `.spec-lsp/templates` that are no templates, with the reason."""
    found = {
        path: _reason(path, loaded)
        for path in files_below(folder, _HOME)
        if path not in loaded.template_paths and not posixpath.basename(path).startswith(".")
    }
    return {path: loaded.unread.get(path) or reason for path, reason in found.items()}


def _reason(path: str, loaded: Loaded) -> str:
    name = posixpath.basename(path)
    if name.casefold() == "readme.md":
        return "a README is a template only if `templates` names it"
    if posixpath.splitext(name)[1] not in _SUFFIXES:
        return "only .md and .txt files are templates"
    if "templates" in loaded.written.model_fields_set:
        return f"`templates` in {loaded.config_path} does not match it"
    return "it is in a folder inside; name it under `templates` in spec-lsp.toml"
