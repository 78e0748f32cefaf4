"""`spec-lsp init`: write a commented configuration that lists existing templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import say

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template

NAME = "spec-lsp.toml"
_FOLDER = re.compile(r"_?(?:spec-?|doc-?)?templates?", re.IGNORECASE)
_FILE = re.compile(r"(?:^|[-_. ])templates?(?:$|[-_. ])", re.IGNORECASE)
# Folders with issue and merge request templates of code hosts.
_HOSTS = frozenset({".github", ".gitlab", ".gitea"})


def init() -> None:
    """Create a commented spec-lsp.toml that lists the templates found in this folder."""
    from spec_lsp.cli.starter import starter
    from spec_lsp.report.formats.as_text import plural
    from spec_lsp.storage.file_filter import config_file
    from spec_lsp.storage.write import RefusedError, create

    folder = Path.cwd()
    existing = config_file(folder)
    if existing:
        raise CannotRunError(f"{existing} already configures this folder; nothing was written")
    found = list(find_templates(folder))
    try:
        create(folder, NAME, starter(globs_of(template.path for template in found)))
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    say(f"Wrote {NAME}")
    if found:
        say(f"Found {plural(len(found), 'template')}:")
        for template in found:
            say(f"  {template.path}: {template.kind}")
    else:
        say("The built-in templates are in use; run `spec-lsp template list` to see them")


def find_templates(folder: Path) -> Iterator[Template]:
    """Find templates: named like one, with sections and placeholders or fields."""
    from spec_lsp.markdown.parse import parse
    from spec_lsp.storage.discover import files_below
    from spec_lsp.storage.files import Disk
    from spec_lsp.template.read.infer import infer

    disk = Disk(folder.resolve())
    for path in sorted(filter(_is_candidate, files_below(disk.folder))):
        text = disk.text(path)
        template = infer(parse(path, text)) if text else None
        if template and template.slots and (template.placeholders or template.fields):
            yield template


def globs_of(paths: Iterator[str]) -> list[str]:
    """Globs for paths: one for a whole folder of templates."""
    found: dict[str, None] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        is_folder = bool(_FOLDER.fullmatch(folder.rpartition("/")[2]))
        found[f"{folder}/*.md" if is_folder else path or name] = None
    return list(found)


def _is_candidate(path: str) -> bool:
    """Whether a Markdown file or its folder is named like a template."""
    *folders, name = path.split("/")
    stem, dot, suffix = name.rpartition(".")
    if f"{dot}{suffix}" != ".md" or stem.casefold() == "readme" or _HOSTS.intersection(folders):
        return False
    return bool(_FILE.search(stem) or (folders and _FOLDER.fullmatch(folders[-1])))
