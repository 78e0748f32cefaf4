"""What a team may set, in `spec-lsp.toml` or under `[tool.spec-lsp]` in `pyproject.toml`.

`read_config` returns a configuration for any text; each fault has the span of the wrong value.
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.globs import inside, is_glob
from spec_lsp.workspace.config.toml_positions import Path, error_place
from spec_lsp.workspace.config.validated import validated

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
Glob = Annotated[str, AfterValidator(_glob)]
Folder = Annotated[str, AfterValidator(_folder)]
FileName = Annotated[str, AfterValidator(_file_name)]
Url = Annotated[str, AfterValidator(_url)]
OwnPrefix = Annotated[str, AfterValidator(_prefix)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Assignment(_Strict):
    """The template of documents at some paths."""

    paths: Annotated[
        list[Glob], Field(description="Globs of paths, relative to the configuration file.")
    ]
    template: Annotated[
        str, Field(description="Kind or path of the template; `none` for no template.")
    ]


class Override(_Strict):
    """Rule levels for some paths."""

    paths: Annotated[
        list[Glob], Field(description="Globs of paths, relative to the configuration file.")
    ]
    rules: Annotated[Levels, Field(description="Levels by rule code; `*` means all rules.")]


class Prefix(_Strict):
    """An ID prefix that is in no template."""

    digits: Annotated[
        int, Field(ge=0, le=9, description="Minimum number of digits in new IDs.")
    ] = 3
    scope: Annotated[
        Literal["workspace", "document"],
        Field(description="Scope in which such an ID must be unique."),
    ] = "workspace"


class Shares(_Strict):
    """Which demands of a template finished documents revoke: they are reported in the template."""

    documents: Annotated[int, Field(ge=1, description="Minimum number of finished documents.")] = 10
    missing: Annotated[
        float,
        Field(ge=0, le=1, description="Share that lacks a section, field or column; 1 for never."),
    ] = 1 / 3
    values: Annotated[
        float, Field(ge=0, le=1, description="Share with other values than the choices.")
    ] = 1 / 3
    text: Annotated[float, Field(ge=0, le=1, description="Share that keeps template text.")] = 1 / 3


class Ids(_Strict):
    """IDs that are in no template, and IDs of other systems."""

    prefixes: Annotated[
        dict[OwnPrefix, Prefix], Field(description="Additional prefixes, such as `REQ-`.")
    ] = {}
    external: Annotated[
        dict[str, Url],
        Field(description='Prefixes of other systems and their URLs: `JIRA = "https://…/{id}"`.'),
    ] = {}


class Life(_Strict):
    """How the status of a document affects the severity of problems."""

    ladder: Annotated[
        bool,
        Field(description="Raise the severity of incomplete documents as they mature."),
    ] = True
    draft: Annotated[list[str], Field(description="Additional status values of drafts.")] = []
    final: Annotated[
        list[str], Field(description="Additional status values of final documents.")
    ] = []
    dropped: Annotated[
        list[str], Field(description="Additional status values of dropped documents.")
    ] = []


class Check(_Strict):
    """Files in which links and IDs are checked."""

    files: Annotated[
        Literal["documents", "all"],
        Field(
            description="Files in which links and IDs are checked: `documents` that follow a"
            " template, or `all` Markdown files."
        ),
    ] = "documents"

    def covers(self, *, is_document: bool) -> bool:
        """Whether links and IDs of a file are checked; `is_document` if it follows a template."""
        return is_document or self.files == "all"


class Links(_Strict):
    """Links that a site generator or another repository resolves."""

    sites: Annotated[
        list[Folder],
        Field(
            description="Folders of site generators: links there may leave out `.md`, name `.html`"
            " pages, and begin with `/` for the folder."
        ),
    ] = []
    map: Annotated[
        dict[str, Folder],
        Field(description='Start of missing paths, and its replacement: `"a/x-" = "b/x-"`.'),
    ] = {}
    external: Annotated[
        list[Glob], Field(description="Globs of paths outside of this workspace: not checked.")
    ] = []


class NewDocument(_Strict):
    """Folder and file name of new documents of a kind."""

    directory: Annotated[
        Folder, Field(description="Folder, relative to the configuration file.")
    ] = ""
    filename: Annotated[
        FileName,
        Field(description="File name; `{id}`, `{number}`, `{slug}` and `{date}` are replaced."),
    ] = ""


class FamilyPlace(_Strict):
    """A folder that follows a family, although nothing there shows it."""

    name: Annotated[str, Field(description="Name of the family.")]
    base: Annotated[
        Folder, Field(description="Folder from which the paths of the family count.")
    ] = ""


class Config(_Strict):
    """Configuration of a workspace."""

    templates: Annotated[
        list[Glob], Field(description="Paths and globs of your own templates.")
    ] = [".spec-lsp/templates/*.md", ".spec-lsp/templates/*.txt"]
    builtin: Annotated[
        bool | list[str],
        Field(description="Built-in templates to use: `true`, `false` or a list of kinds."),
    ] = True
    families: Annotated[
        bool | list[str],
        Field(
            description="Layouts to recognise: `true`, `false` or a list of families,"
            " the first of which take precedence."
        ),
    ] = True
    family: Annotated[
        list[FamilyPlace], Field(description="Folders whose family is not recognised.")
    ] = []
    include: Annotated[list[Glob], Field(description="Globs of files to include.")] = ["**/*.md"]
    exclude: Annotated[list[Glob], Field(description="Globs of files to exclude.")] = []
    documents: Annotated[
        list[Assignment], Field(description="Templates of documents, by path.")
    ] = []
    rules: Annotated[Levels, Field(description="Levels by rule code; `*` means all rules.")] = {}
    overrides: Annotated[list[Override], Field(description="Rule levels for some paths.")] = []
    ids: Annotated[
        Ids, Field(description="IDs that are in no template, and IDs of other systems.")
    ] = Ids()
    check: Annotated[Check, Field(description="Files in which links and IDs are checked.")] = (
        Check()
    )
    links: Annotated[
        Links, Field(description="Links that a site generator or another repository resolves.")
    ] = Links()
    lifecycle: Annotated[
        Life, Field(description="Meaning of status values, and severity by stage.")
    ] = Life()
    evidence: Annotated[
        Shares, Field(description="Which demands of a template finished documents revoke.")
    ] = Shares()
    new: Annotated[
        dict[str, NewDocument], Field(description="Folder and file name of new documents, by kind.")
    ] = {}
    baseline: Annotated[
        str,
        Field(description="File of known problems to hide; else `spec-lsp-baseline.json`."),
    ] = ""
    history: Annotated[
        bool,
        Field(
            description="Check each document against the template version it was created from"
            " (git history)."
        ),
    ] = True


def read_config(name: str, text: str) -> tuple[Config, tuple[Fault, ...]]:
    """Read the configuration in a file's text, with its faults.

    Wrong values are dropped and the others used; for invalid TOML, all values are the defaults.
    """
    try:
        data: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(), (Fault(error_place(text, str(error)), f"Not valid TOML: {error}"),)
    root: Path = ()
    if name.endswith("pyproject.toml"):
        root = ("tool", TABLE)
        data = _below(data, root)
    config, faults = validated(Config.model_validate, data, text, root)
    return config or Config(), faults


def has_settings(name: str, text: str) -> bool:
    """Whether a file configures spec-lsp; most `pyproject.toml` do not."""
    return not name.endswith("pyproject.toml") or bool(
        re.search(rf"^\[+\s*tool\s*\.\s*[\"']?{TABLE}\b", text, re.MULTILINE)
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Config.model_json_schema()}


def _below(data: object, path: Path) -> object:
    for part in path:
        data = data.get(part, {}) if isinstance(data, dict) else {}
    return data
