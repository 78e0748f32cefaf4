"""Find the templates of a folder that is not configured yet, for `init`."""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spec_lsp.markdown.parse import parse
from spec_lsp.storage.discover import Loaded, files_below, filter_of, load
from spec_lsp.storage.file_filter import OWN_FOLDER, FileFilter, is_root
from spec_lsp.storage.files import Disk
from spec_lsp.template.match.copies import are_distinct
from spec_lsp.template.read.infer import infer
from spec_lsp.template.read.recognise import (
    is_named_like_template,
    is_template_folder,
    may_hold_templates,
    why_no_template,
)
from spec_lsp.template.schema import Template
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.families.placing import NO_FAMILIES, Families
from spec_lsp.workspace.own_templates import own_templates

_SPECIAL = re.compile(r"[*?\[\]!#\\]")
_SUFFIXES = (".md", ".txt")  # of templates in our own folder
_OWN_TEMPLATES = f"{OWN_FOLDER}/templates"


@dataclass(frozen=True)
class FoundTemplates:
    """The templates of a folder, and the files that are named like one but are left out.

    `siblings` are the numbers of Markdown files by folder. The files of the recognised `families`
    are not looked at: each family knows its own templates.
    """

    templates: tuple[Template, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)
    siblings: dict[str, int] = field(default_factory=dict)
    families: Families = NO_FAMILIES

    @property
    def globs(self) -> list[str] | None:
        """Globs for the templates: one for a folder of templates that holds nothing else.

        None if the default is right: nothing was found, and nothing in our own folder left out.
        """
        by_folder: dict[str, list[str]] = defaultdict(list)
        for template in self.templates:
            by_folder[posixpath.dirname(template.path)].append(template.path)
        found: list[str] = []
        for folder, paths in by_folder.items():
            is_whole = len(paths) == self.siblings[folder]
            if is_whole and is_template_folder(posixpath.basename(folder)):
                suffixes = sorted({posixpath.splitext(path)[1] for path in paths})
                found += (f"{_as_glob(folder)}/*{suffix}" for suffix in suffixes)
            else:
                found += map(_as_glob, paths)
        is_default = not found and _OWN_TEMPLATES not in map(posixpath.dirname, self.left_out)
        return None if is_default else found


def find_templates(folder: Path) -> FoundTemplates:
    """Find the templates of a folder and of the folders inside that have no configuration."""
    disk = Disk(folder.resolve())
    files = filter_of(disk.folder, load(disk.folder))
    families = _families(files)
    known = {each.path for base in families.bases for each in base.templates.values()}
    left_out: dict[str, str] = {}
    siblings: dict[str, int] = defaultdict(int)
    read: list[Template] = []
    for path in _markdown_files(disk.folder, files):
        place, name = posixpath.split(path)
        is_readme = _is_readme(name)
        siblings[place] += not is_readme
        if path in known or _is_of(families, path):
            continue
        is_own = place == _OWN_TEMPLATES and not is_readme
        if not (is_own or is_named_like_template(path)) or not _counts(disk.folder, files, path):
            continue
        template = infer(parse(path, disk.text(path) or ""))
        faults = "; ".join(fault.message for fault in template.faults)
        if reason := faults or ("" if is_own else why_no_template(template)):
            left_out[path] = reason
        else:
            read.append(template)
    kept = ((each.path, each.document.text) for each in _one_of_a_kind(read, left_out))
    own = own_templates(kept, Config())
    return FoundTemplates(own.inferred, left_out, dict(siblings), families)


def _families(files: FileFilter) -> Families:
    """The families of a folder; a scan finds those in inner folders."""
    for _ in files.scan():
        pass
    return files.families


def _is_of(families: Families, path: str) -> bool:
    """Whether a file belongs to a family: it is left alone, or a file of a unit."""
    return families.leaves(path) or bool(families.place(path) or families.unit_around(path))


def unread_beside(folder: Path, loaded: Loaded) -> Iterator[tuple[str, str]]:
    """The files in the folders of the templates that are not read as one, with the reason."""
    known = set(loaded.settings.written_paths)
    own = {posixpath.dirname(path) for path, _ in loaded.settings.own.texts}
    globs = loaded.settings.config.templates
    for place in sorted(own | {_OWN_TEMPLATES}):
        is_own = place == _OWN_TEMPLATES
        for path in files_below(folder, place) if is_own else _files_in(folder, place):
            name = posixpath.basename(path)
            is_hidden = name.startswith(".")
            if path in known or path in loaded.unread or _is_readme(name) or is_hidden:
                continue
            if is_own or is_named_like_template(path):
                yield path, _why_unread(path, globs)


def _files_in(folder: Path, place: str) -> Iterator[str]:
    beside = (folder / place).iterdir() if (folder / place).is_dir() else ()
    for name in sorted(each.name for each in beside if each.is_file()):
        yield f"{place}/{name}" if place else name


def _why_unread(path: str, globs: Iterable[str]) -> str:
    if not _has_one(_SUFFIXES, path):
        return "its name does not end with .md or .txt"
    return f"`templates` names only {', '.join(f'`{glob}`' for glob in globs)}"


def _is_readme(name: str) -> bool:
    return name.casefold() == "readme.md"


def _counts(folder: Path, files: FileFilter, path: str) -> bool:
    """Whether git knows a file, and it is no link to another one."""
    return not files.is_ignored(path) and not (folder / path).is_symlink()


def _as_glob(path: str) -> str:
    """A path as a glob; characters with a meaning there are replaced by `?`."""
    glob = _SPECIAL.sub("?", path)
    return glob if "/" in glob or glob == path else f"/{glob}"


def _one_of_a_kind(templates: Iterable[Template], left_out: dict[str, str]) -> list[Template]:
    """The outermost template of each kind; others are copies, or belong to folders inside."""
    by_kind: dict[str, list[Template]] = defaultdict(list)
    for template in sorted(templates, key=lambda each: (_nesting(each), each.path)):
        by_kind[template.kind].append(template)
    kept: list[Template] = []
    groups = [*by_kind.values()]
    for first, *rest in groups:
        # Of one title with other sections, they are two kinds.
        others = [each for each in rest if not are_distinct(first, each)]
        if distinct := [each for each in rest if are_distinct(first, each)]:
            groups.append(distinct)
        differing = [each for each in others if each.document.text != first.document.text]
        rivals = [each for each in differing if _nesting(each) == _nesting(first)]
        is_unclear = any(_folder(each) != _folder(first) for each in rivals)
        if not is_unclear:
            kept.append(first)
        for each in (first, *differing) if is_unclear else others:
            left_out[each.path] = _why_left_out(each, first, rivals, is_unclear=is_unclear)
    return sorted(kept, key=lambda each: each.path)


def _why_left_out(
    template: Template, first: Template, rivals: list[Template], *, is_unclear: bool
) -> str:
    other = first if template is not first else rivals[0]
    if template.document.text == other.document.text:
        return f"it is a copy of {other.path}"
    if is_unclear or _folder(template) != _folder(first):
        return f"{other.path} is of the same kind; run `spec-lsp init` in the folder of this one"
    return f"{other.path} is of the same kind"


def _nesting(template: Template) -> tuple[bool, int, bool]:
    """The rank of a template's folder: ours, then the outermost, then one of templates."""
    folder = _folder(template)
    is_other = not is_template_folder(posixpath.basename(folder))
    return folder != _OWN_TEMPLATES, template.path.count("/"), is_other


def _folder(template: Template) -> str:
    return posixpath.dirname(template.path)


def _markdown_files(folder: Path, files: FileFilter) -> Iterator[str]:
    """The Markdown files in folders that may hold templates."""
    for at, folders, names in os.walk(folder):
        place = Path(at).relative_to(folder).as_posix()
        start = "" if place == "." else f"{place}/"
        folders[:] = sorted(
            name
            for name in folders
            if may_hold_templates(name)
            and not files.is_ignored(f"{start}{name}/")
            and (name == OWN_FOLDER or not is_root(folder / start / name))
        )
        suffixes = _SUFFIXES if place == _OWN_TEMPLATES else (".md",)
        yield from (f"{start}{name}" for name in sorted(names) if _has_one(suffixes, name))


def _has_one(suffixes: tuple[str, ...], name: str) -> bool:
    return name.casefold().endswith(suffixes)
