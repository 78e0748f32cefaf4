"""What a team may set, in `spec-lsp.toml` or under `[tool.spec-lsp]` in `pyproject.toml`.

These are plain dataclasses: pydantic takes longer to load than most commands take, so `read`
asks it only about texts that have a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from spec_lsp.workspace.config.exact import exact, marks_of
from spec_lsp.workspace.config.globs import inside, is_glob
from spec_lsp.workspace.config.marks import About, Checked

FILE_NAME_PARTS = ("id", "number", "slug", "date")
FILE_NAMES = ("spec-lsp.toml", ".spec-lsp.toml", "pyproject.toml")
TABLE = "spec-lsp"
NO_TEMPLATE = "none"


def _glob(text: str) -> str:
    if not is_glob(text):
        raise ValueError("must be a valid glob")
    return text


def _folder(text: str) -> str:
    if text and text != "." and not inside(text):
        raise ValueError("must be a folder inside the workspace")
    return text


def _url(text: str) -> str:
    if not re.match(r"https?://", text):
        raise ValueError("must begin with https:// or http://")
    return text


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,12}([-_][A-Z]{1,12})*[-_]?", text):
        raise ValueError("must be in capitals, such as `REQ-`")
    return text


def _file_name(text: str) -> str:
    unknown = [part for part in re.findall(r"\{([^{}]*)\}", text) if part not in FILE_NAME_PARTS]
    if unknown:
        raise ValueError(f"contains the unknown part {{{unknown[0]}}}")
    if "/" in text or "\\" in text:
        raise ValueError("cannot contain a folder; use `directory`")
    return text


LevelSetting = Literal["off", "hint", "info", "warning", "error"]
Levels = dict[str, LevelSetting]
Glob = Annotated[str, Checked(_glob)]
Folder = Annotated[str, Checked(_folder)]
FileName = Annotated[str, Checked(_file_name)]
Url = Annotated[str, Checked(_url)]
OwnPrefix = Annotated[str, Checked(_prefix)]


class _Table:
    """A table of the file; pydantic reads how from here."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}


@dataclass(frozen=True)
class Assignment(_Table):
    """The template of documents at some paths."""

    paths: Annotated[list[Glob], About("Globs of paths, relative to the configuration file.")]
    template: Annotated[str, About("Kind or path of the template; `none` for no template.")]


@dataclass(frozen=True)
class Override(_Table):
    """Rule levels for some paths."""

    paths: Annotated[list[Glob], About("Globs of paths, relative to the configuration file.")]
    rules: Annotated[Levels, About("Levels by rule code; `*` means all rules.")]


@dataclass(frozen=True)
class Prefix(_Table):
    """An ID prefix that is in no template."""

    digits: Annotated[int, About(least=0, most=9, text="Minimum number of digits in new IDs.")] = 3
    scope: Annotated[
        Literal["workspace", "document"],
        About("Scope in which such an ID must be unique."),
    ] = "workspace"


@dataclass(frozen=True)
class Shares(_Table):
    """Which demands of a template finished documents revoke: they are reported in the template."""

    documents: Annotated[int, About(least=1, text="Minimum number of finished documents.")] = 10
    missing: Annotated[
        float,
        About(least=0, most=1, text="Share that lacks a section, field or column; 1 for never."),
    ] = 1 / 3
    values: Annotated[
        float, About(least=0, most=1, text="Share with other values than the choices.")
    ] = 1 / 3
    text: Annotated[float, About(least=0, most=1, text="Share that keeps template text.")] = 1 / 3


@dataclass(frozen=True)
class Ids(_Table):
    """IDs that are in no template, and IDs of other systems."""

    prefixes: Annotated[dict[OwnPrefix, Prefix], About("Additional prefixes, such as `REQ-`.")] = (
        field(default_factory=dict)
    )
    external: Annotated[
        dict[str, Url],
        About('Prefixes of other systems and their URLs: `JIRA = "https://…/{id}"`.'),
    ] = field(default_factory=dict)


@dataclass(frozen=True)
class Life(_Table):
    """How the status of a document affects the severity of problems."""

    ladder: Annotated[
        bool,
        About("Raise the severity of incomplete documents as they mature."),
    ] = True
    draft: Annotated[list[str], About("Additional status values of drafts.")] = field(
        default_factory=list
    )
    final: Annotated[list[str], About("Additional status values of final documents.")] = field(
        default_factory=list
    )
    dropped: Annotated[list[str], About("Additional status values of dropped documents.")] = field(
        default_factory=list
    )


@dataclass(frozen=True)
class Check(_Table):
    """Files in which links and IDs are checked."""

    files: Annotated[
        Literal["documents", "all"],
        About(
            "Files in which links and IDs are checked: `documents` that follow a"
            " template, or `all` Markdown files."
        ),
    ] = "documents"

    def covers(self, *, is_document: bool) -> bool:
        """Whether links and IDs of a file are checked; `is_document` if it follows a template."""
        return is_document or self.files == "all"


@dataclass(frozen=True)
class Links(_Table):
    """Links that a site generator or another repository resolves."""

    sites: Annotated[
        list[Folder],
        About(
            "Folders of site generators: links there may leave out `.md`, name `.html`"
            " pages, and begin with `/` for the folder."
        ),
    ] = field(default_factory=list)
    map: Annotated[
        dict[str, Folder],
        About('Start of missing paths, and its replacement: `"a/x-" = "b/x-"`.'),
    ] = field(default_factory=dict)
    external: Annotated[
        list[Glob], About("Globs of paths outside of this workspace: not checked.")
    ] = field(default_factory=list)


@dataclass(frozen=True)
class NewDocument(_Table):
    """Folder and file name of new documents of a kind."""

    directory: Annotated[Folder, About("Folder, relative to the configuration file.")] = ""
    filename: Annotated[
        FileName,
        About("File name; `{id}`, `{number}`, `{slug}` and `{date}` are replaced."),
    ] = ""


@dataclass(frozen=True)
class FamilyPlace(_Table):
    """A folder that follows a family, although nothing there shows it."""

    name: Annotated[str, About("Name of the family.")]
    base: Annotated[Folder, About("Folder from which the paths of the family count.")] = ""


@dataclass(frozen=True)
class Config(_Table):
    """Configuration of a workspace."""

    templates: Annotated[list[Glob], About("Paths and globs of your own templates.")] = field(
        default_factory=[".spec-lsp/templates/*.md", ".spec-lsp/templates/*.txt"].copy
    )
    builtin: Annotated[
        bool | list[str],
        About("Built-in templates to use: `true`, `false` or a list of kinds."),
    ] = True
    families: Annotated[
        bool | list[str],
        About(
            "Layouts to recognise: `true`, `false` or a list of families,"
            " the first of which take precedence."
        ),
    ] = True
    family: Annotated[list[FamilyPlace], About("Folders whose family is not recognised.")] = field(
        default_factory=list
    )
    include: Annotated[list[Glob], About("Globs of files to include.")] = field(
        default_factory=["**/*.md"].copy
    )
    exclude: Annotated[list[Glob], About("Globs of files to exclude.")] = field(
        default_factory=list
    )
    documents: Annotated[list[Assignment], About("Templates of documents, by path.")] = field(
        default_factory=list
    )
    rules: Annotated[Levels, About("Levels by rule code; `*` means all rules.")] = field(
        default_factory=dict
    )
    overrides: Annotated[list[Override], About("Rule levels for some paths.")] = field(
        default_factory=list
    )
    ids: Annotated[Ids, About("IDs that are in no template, and IDs of other systems.")] = Ids()
    check: Annotated[Check, About("Files in which links and IDs are checked.")] = Check()
    links: Annotated[
        Links, About("Links that a site generator or another repository resolves.")
    ] = Links()
    lifecycle: Annotated[Life, About("Meaning of status values, and severity by stage.")] = Life()
    evidence: Annotated[Shares, About("Which demands of a template finished documents revoke.")] = (
        Shares()
    )
    new: Annotated[
        dict[str, NewDocument], About("Folder and file name of new documents, by kind.")
    ] = field(default_factory=dict)
    baseline: Annotated[
        str,
        About("File of known problems to hide; else `spec-lsp-baseline.json`."),
    ] = ""
    history: Annotated[
        bool,
        About(
            "Check each document against the template version it was created from (git history)."
        ),
    ] = True


def as_json(config: Config, leave_out: Iterable[str] = ()) -> str:
    """A configuration as JSON, the same for the same values."""
    left = {*leave_out}
    return json.dumps({name: each for name, each in asdict(config).items() if name not in left})


def from_json(text: str) -> Config:
    """The configuration in a text by `as_json`."""
    return exact(Config, json.loads(text))


def described(name: str) -> str:
    """The description of a top-level key."""
    return next(each.text for each in marks_of(Config, name) if isinstance(each, About))
