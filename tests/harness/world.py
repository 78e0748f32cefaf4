"""A small workspace made of fences: diagnose it, and apply fixes to it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from spec_lsp.markdown.document import Document
from spec_lsp.markdown.parse import parse
from spec_lsp.rules.engine.diagnose import RuleFinding, diagnose, find_across, find_inside
from spec_lsp.rules.engine.model import (
    Change,
    Diagnostic,
    DocumentContext,
    FileContext,
    Fix,
    FixContext,
)
from spec_lsp.rules.files import config_findings, template_findings
from spec_lsp.rules.requirements import unmet_requirements
from spec_lsp.storage.folder import Folder
from spec_lsp.storage.indexing.digest import entry_of
from spec_lsp.template.match.binding import Binding
from spec_lsp.template.read.earlier import earlier_version, later_than_document
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template
from spec_lsp.text import Edit, LineIndex, apply
from spec_lsp.workspace.config.config import Assignment, Config
from spec_lsp.workspace.config.read import read_config
from spec_lsp.workspace.own_templates import known_templates
from spec_lsp.workspace.settings import Settings
from spec_lsp.workspace.workspace import Workspace
from tests.harness.carets import without_carets
from tests.harness.casefile import Fence

TODAY = "2026-03-14"
CREATED = "2025-01-31"
AUTHOR = "Ada Lovelace"
DOCUMENT = "doc.md"
TEMPLATE = "templates/spec.md"
CONFIG = "spec-lsp.toml"


@dataclass(frozen=True)
class World:
    """The files of a case.

    All documents follow a single template, unless the configuration assigns templates.
    The built-in templates are disabled unless the configuration enables them.
    """

    documents: Mapping[str, str]
    templates: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    config: Config = field(default_factory=lambda: Config(builtin=False))
    template_at_creation: str | None = None
    toml: str = ""

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace with all documents."""
        own = tuple(_template(path, text) for path, text in self.templates.items())
        config = self.config
        if len(own) == 1 and not config.documents:
            every = Assignment(paths=["**"], template=own[0].path)
            config = replace(config, documents=[every])
        files = _Files({**self.others, **self.documents})
        workspace = Workspace(Settings(config, known_templates(own)), files, self._past)
        for path, text in self.documents.items():
            document = parse(path, text)
            binding, found = self._inside(workspace, document)
            workspace.put_entry(entry_of(workspace, document, binding, found))
        return workspace

    def _past(self, _: str, template: Template) -> Template:
        """The template at the creation of all documents; an empty one did not exist yet."""
        text = self.template_at_creation
        if text is None or template.is_builtin:
            return template
        return earlier_version(template, text, CREATED) if text else later_than_document(template)

    @property
    def desk(self) -> FixContext:
        """What fixes may use."""
        return FixContext(self.workspace, TODAY, AUTHOR)

    def text(self, path: str) -> str:
        """The text of any file."""
        configured = {CONFIG: self.toml}
        return {**configured, **self.others, **self.templates, **self.documents}[path]

    def line(self, path: str, offset: int) -> int:
        """The line of a place, counted from one."""
        return LineIndex(self.text(path)).line_of(offset) + 1

    def diagnose(self, path: str) -> list[Diagnostic]:
        """The diagnostics of a file."""
        text, workspace = self.text(path), self.workspace
        config = workspace.settings.config
        if path in self.templates:
            template = infer(parse(path, text))
            unmet = [each for each in unmet_requirements(workspace) if each.path == path]
            return [*template_findings(template, config), *unmet]
        if path == CONFIG:
            read, faults = read_config(path, text)
            return config_findings(path, text, read, faults, workspace.settings.templates)
        document = parse(path, text)
        view = FileContext(workspace, workspace.index.entries[path], TODAY, document)
        found = (*self._inside(workspace, document)[1], *find_across(view))
        return [*diagnose(view, found).shown]

    def _inside(
        self, workspace: Workspace, document: Document
    ) -> tuple[Binding | None, tuple[RuleFinding, ...]]:
        """The binding of a document, and the findings of the rules that read it alone."""
        binding = workspace.bind(document)
        if not binding:
            return None, find_inside(document, None)
        subject = DocumentContext(binding, workspace.settings.words)
        return binding, find_inside(document, subject)

    def fixed(self, fixes: Iterable[Fix]) -> World:
        """The world after some fixes, without those that overlap an earlier one."""
        documents, templates = dict(self.documents), dict(self.templates)
        done: list[Change] = []
        for fix in fixes:
            if any(_overlap(a, b) for a in fix.changes for b in done):
                continue
            done += fix.changes
            if fix.new_file:
                documents[fix.new_file.path] = fix.new_file.text
        for path in {change.path for change in done}:
            edits = [change.edit for change in done if change.path == path]
            changed = templates if path in templates else documents
            changed[path] = apply(changed[path], edits)
        for fix in fixes:
            if fix.rename:
                documents[fix.rename[1]] = documents.pop(fix.rename[0])
        return replace(self, documents=documents, templates=templates)


def folder_of(workspace: Workspace, documents: Iterable[Document]) -> Folder:
    """A folder in memory, with all its documents open."""
    folder = Folder()
    folder.workspace = workspace
    folder.texts.open.update((each.path, each) for each in documents)
    return folder


@cache
def _template(path: str, text: str) -> Template:
    return infer(parse(path, text))


def world_of(fences: Iterable[Fence]) -> World:
    """The world that fences describe."""
    fences = list(fences)
    by_kind = {
        kind: {fence.path or _default(kind): text_of(fence) for fence in found}
        for kind in ("markdown", "template", "file")
        if (found := [fence for fence in fences if fence.kind == kind])
    }
    toml = next((fence.text for fence in fences if fence.kind == "toml"), "")
    toml = without_carets(toml)
    config, _ = read_config(CONFIG, toml if "builtin" in toml else f"builtin=false\n{toml}")
    return World(
        by_kind.get("markdown", {}),
        by_kind.get("template", {}),
        by_kind.get("file", {}),
        config,
        next((text_of(fence) for fence in fences if fence.kind == "template_at_creation"), None),
        toml,
    )


def text_of(fence: Fence) -> str:
    """A file's text as a fence shows it, without the carets."""
    text = without_carets(fence.text)
    return text.replace("\n", "\r\n") if "crlf" in fence.flags else text


def chosen_fixes(world: World, title: str, *, safe_only: bool) -> Iterator[Fix]:
    """The fixes with a title, or the first fix of every finding."""
    for path in (*world.documents, *world.templates):
        for diagnostic in world.diagnose(path):
            fixes = [fix for fix in diagnostic.fixes(world.desk) if fix.is_safe or not safe_only]
            named = [fix for fix in fixes if fix.title == title] if title else fixes[:1]
            yield from named[:1]


def _default(kind: str) -> str:
    return {"template": TEMPLATE, "markdown": DOCUMENT}.get(kind, kind)


def _overlap(one: Change, other: Change) -> bool:
    return one.path == other.path and _touch(one.edit, other.edit)


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.overlaps(other.span) or one == other


@dataclass(frozen=True)
class _Files:
    """The files of a world, as the workspace's port to the file system."""

    texts: Mapping[str, str]

    def exists(self, path: str) -> bool:
        """Whether a file or folder is at a path."""
        return any(name == path or name.startswith(f"{path}/") for name in self.texts)

    def nearby(self, folder: str) -> Iterable[str]:
        """The names of the files in a folder."""
        return [
            posixpath.basename(name) for name in self.texts if posixpath.dirname(name) == folder
        ]

    def claimed(self) -> str:
        """Return no paths: there are no branches."""
        return ""
