"""The functions that `import spec_lsp` offers; `docs/api.md` shows each with an example."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from spec_lsp.markdown import parse as parsing
from spec_lsp.markdown.document import Document
from spec_lsp.rules.engine.diagnose import diagnose, find_across, find_inside
from spec_lsp.rules.engine.model import Diagnostic, DocumentContext, FileContext, Level
from spec_lsp.storage.clock import today as date_of_today
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.read import open_folder as read_folder
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.match.binding import bind as bind_document
from spec_lsp.template.read.infer import infer as infer_template
from spec_lsp.template.schema import Template
from spec_lsp.text import Lines
from spec_lsp.workspace.config.config import Config
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace


class Problem(NamedTuple):
    """A problem at one position; lines and columns count from 1."""

    path: str
    line: int
    column: int
    level: Level
    code: str
    message: str

    def __str__(self) -> str:
        """One line, as compilers write it."""
        return f"{self.path}:{self.line}:{self.column}: {self.level} {self.code}: {self.message}"


class OpenFolder:
    """A folder that has been read, with its configuration and templates."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    @property
    def documents(self) -> list[str]:
        """The paths of the documents, relative to the folder."""
        return self._folder.documents

    def diagnose(self, *paths: str) -> list[Problem]:
        """Return the problems of some files, or of all."""
        day, found = date_of_today(), []
        for path in paths or self._folder.paths:
            shown = self._folder.diagnose(path, day).shown
            found += _problems(shown, self._folder.texts.lines(path))
        return found

    def refresh(self, paths: Iterable[str]) -> None:
        """Re-read some files that have changed on the disk."""
        self._folder.refresh(paths)


def parse(text: str, path: str = "document.md") -> Document:
    """Parse Markdown into sections, fields, tables, links and IDs with exact positions.

    Never fails, whatever the text.
    """
    return parsing.parse(path, text)


def infer(template: str | Document, path: str = "template.md") -> Template:
    """Read a template as a schema."""
    document = parse(template, path) if isinstance(template, str) else template
    return infer_template(document)


def bind(document: str | Document, template: str | Template) -> Binding:
    """Match a document with a template: which slot governs which section and field."""
    document = parse(document) if isinstance(document, str) else document
    return bind_document(document, infer(template) if isinstance(template, str) else template)


def check(text: str, template: str | Template, today: str = "") -> list[Problem]:
    """Check one text against a template; links to other files are not checked.

    `today` is a date such as `2026-03-14`, for rules that compare with it.
    """
    schema = infer(template) if isinstance(template, str) else template
    document = parse(text)
    workspace = Workspace(Settings(Config(builtin=False), known_templates([schema])))
    binding = bind_document(document, schema)
    workspace.put(document, binding)
    entry = workspace.index.entries[document.path]
    view = FileContext(workspace, entry, today or date_of_today(), document)
    subject = DocumentContext(binding, words=workspace.settings.words)
    found = [*find_inside(document, subject), *find_across(view)]
    shown = (each for each in diagnose(view, found).shown if each.code not in _NEED_FILES)
    return _problems(shown, document)


def open_folder(folder: str | Path) -> OpenFolder:
    """Read a folder: its configuration, its templates and all its documents."""
    return OpenFolder(read_folder(Path(folder)))


_NEED_FILES = ("broken-link", "unresolved-id")


def _problems(found: Iterable[Diagnostic], lines: Lines) -> list[Problem]:
    problems = []
    for each in found:
        line, column = lines.position(each.span.start)
        problems.append(
            Problem(each.path, line + 1, column + 1, each.level, each.code, each.message)
        )
    return problems
