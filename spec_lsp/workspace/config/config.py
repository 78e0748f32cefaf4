"""What a team may set, in `spec-lsp.toml` or under `[tool.spec-lsp]` in `pyproject.toml`.

`read_config` returns a configuration for any text; each fault has the span of the wrong value.
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.toml_positions import Path, error_place, place_of
from spec_lsp.workspace.config.values import (
    FileName,
    Folder,
    Glob,
    Levels,
    OwnPrefix,
    Url,
)

FILE_NAMES = ("spec-lsp.toml", ".spec-lsp.toml", "pyproject.toml")
TABLE = "spec-lsp"
NO_TEMPLATE = "none"
# What pydantic adds to its messages about itself.
_PYDANTIC = re.compile(r" valid(?= list\b)| or instance of \w+|, unable to .*")


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


class Config(_Strict):
    """Configuration of a workspace."""

    templates: Annotated[
        list[Glob], Field(description="Paths and globs of your own templates.")
    ] = [".spec-lsp/templates/*.md"]
    builtin: Annotated[
        bool | list[str],
        Field(description="Built-in templates to use: `true`, `false` or a list of kinds."),
    ] = True
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
    new: Annotated[
        dict[str, NewDocument], Field(description="Folder and file name of new documents, by kind.")
    ] = {}
    baseline: Annotated[str, Field(description="File of known problems to hide.")] = ""
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
    return _validated(data, text, root)


def has_settings(name: str, text: str) -> bool:
    """Whether a file configures spec-lsp; most `pyproject.toml` do not."""
    return not name.endswith("pyproject.toml") or bool(
        re.search(rf"^\[+\s*tool\s*\.\s*[\"']?{TABLE}\b", text, re.MULTILINE)
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Config.model_json_schema()}


def _validated(data: object, text: str, root: Path) -> tuple[Config, tuple[Fault, ...]]:
    """Validate the data and drop wrong values; every round removes at least one."""
    faults: list[Fault] = []
    while True:
        try:
            return Config.model_validate(data), tuple(faults)
        except ValidationError as error:
            wrong: set[Path] = set()
            for each in error.errors():
                path = _existing(data, each["loc"])
                if path not in wrong:
                    wrong.add(path)
                    faults.append(_fault(text, (*root, *path), each, path))
            if () in wrong:
                return Config(), tuple(faults)
            data = _without(data, wrong)


def _fault(text: str, place: Path, error: ErrorDetails, path: Path) -> Fault:
    is_key = error["type"] in ("extra_forbidden", "missing") or error["loc"][-1:] == ("[key]",)
    value = None if is_key else error["input"]
    return Fault(place_of(text, place, value), _message(error, path))


def _existing(data: object, loc: Path) -> Path:
    """The start of an error's path that the data has; the rest is a missing key or a type."""
    path: list[int | str] = []
    here: Any = data
    for part in loc:
        if not _holds(here, part):
            break
        here = here[part]
        path.append(part)
    return tuple(path)


def _holds(data: object, part: int | str) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int)


def _without(data: object, wrong: set[Path], here: Path = ()) -> object:
    """The data without the values at some paths."""
    if isinstance(data, dict):
        pairs = {(*here, key): value for key, value in data.items()}
        return {
            path[-1]: _without(value, wrong, path)
            for path, value in pairs.items()
            if path not in wrong
        }
    if isinstance(data, list):
        items = {(*here, at): value for at, value in enumerate(data)}
        return [_without(value, wrong, path) for path, value in items.items() if path not in wrong]
    return data


def _below(data: object, path: Path) -> object:
    for part in path:
        data = data.get(part, {}) if isinstance(data, dict) else {}
    return data


def _message(error: ErrorDetails, path: Path) -> str:
    name = ".".join(str(part) for part in path if isinstance(part, str)) or TABLE
    if error["type"] == "extra_forbidden":
        return f"Unknown key `{name}`"
    if error["type"] == "missing":
        return f"`{name}` requires `{error['loc'][-1]}`"
    message = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    message = _PYDANTIC.sub("", message.replace("valid dictionary", "table"))
    return f"`{name}` {message[:1].lower()}{message[1:]}"
