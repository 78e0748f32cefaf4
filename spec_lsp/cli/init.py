"""`spec-lsp init`: a commented configuration, with the templates that are already there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.cli.problem import CannotRunError
from spec_lsp.cli.terminal import say

if TYPE_CHECKING:
    from spec_lsp.template.model import Template

NAME = "spec-lsp.toml"
_FOLDER = re.compile(r"_?(?:spec-?|doc-?)?templates?", re.IGNORECASE)
_FILE = re.compile(r"(?:^|[-_. ])templates?(?:$|[-_. ])", re.IGNORECASE)
# Templates of code hosts, for issues and merge requests.
_HOSTS = frozenset({".github", ".gitlab", ".gitea"})


def init() -> None:
    """Write a commented configuration here, naming the templates found; never over another one."""
    from spec_lsp.cli.starter import starter
    from spec_lsp.report.as_text import plural
    from spec_lsp.storage.scope import config_file
    from spec_lsp.storage.write import RefusedError, create

    folder = Path.cwd()
    existing = config_file(folder)
    if existing:
        raise CannotRunError(f"{existing} configures this folder already; nothing was written")
    found = list(find_templates(folder))
    try:
        create(folder, NAME, starter(globs_of(template.path for template in found)))
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
    say(f"Wrote {NAME}")
    if found:
        say(f"It names {plural(len(found), 'template')} that you have already:")
        for template in found:
            say(f"  {template.path}: {template.kind}")
    else:
        say("The built-in templates are in use; `spec-lsp template list` shows them.")


def find_templates(folder: Path) -> Iterator[Template]:
    """The files that are templates by their names, and that ask for something."""
    from spec_lsp.markdown import parse
    from spec_lsp.storage.discover import files_below
    from spec_lsp.storage.files import Disk
    from spec_lsp.template.infer import infer

    disk = Disk(folder.resolve())
    for path in sorted(filter(_is_candidate, files_below(disk.folder))):
        text = disk.text(path)
        template = infer(parse(path, text)) if text else None
        if template and template.slots and (template.placeholders or template.fields):
            yield template


def globs_of(paths: Iterator[str]) -> list[str]:
    """Paths as a configuration names them: a folder of templates by one glob."""
    found: dict[str, None] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        is_folder = bool(_FOLDER.fullmatch(folder.rpartition("/")[2]))
        found[f"{folder}/*.md" if is_folder else path or name] = None
    return list(found)


def _is_candidate(path: str) -> bool:
    """Whether a file is Markdown and is called a template, or stands in a folder of that name."""
    *folders, name = path.split("/")
    stem, dot, suffix = name.rpartition(".")
    if f"{dot}{suffix}" != ".md" or stem.casefold() == "readme" or _HOSTS.intersection(folders):
        return False
    return bool(_FILE.search(stem) or (folders and _FOLDER.fullmatch(folders[-1])))
