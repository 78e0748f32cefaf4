"""What a team may set, in `spec-lsp.toml` or under `[tool.spec-lsp]` in `pyproject.toml`.

`read_config` answers with a configuration whatever the text: faults are said where they stand.
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from spec_lsp.template.schema import Fault
from spec_lsp.workspace.config.globs import inside, is_glob
from spec_lsp.workspace.config.toml_positions import Path, error_place, place_of

FILE_NAME_PARTS = ("id", "number", "slug", "date")
FILE_NAMES = ("spec-lsp.toml", ".spec-lsp.toml", "pyproject.toml")
TABLE = "spec-lsp"
NO_TEMPLATE = "none"


def _glob(text: str) -> str:
    if not is_glob(text):
        raise ValueError("this is no glob")
    return text


def _folder(text: str) -> str:
    if text and text != "." and not inside(text):
        raise ValueError("new documents stay inside the workspace")
    return text


def _url(text: str) -> str:
    if not re.match(r"https?://", text):
        raise ValueError("a URL begins with https://")
    return text


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,12}([-_][A-Z]{1,12})*[-_]?", text):
        raise ValueError("a prefix is written in capitals, such as `REQ-`")
    return text


def _file_name(text: str) -> str:
    unknown = [part for part in re.findall(r"\{([^{}]*)\}", text) if part not in FILE_NAME_PARTS]
    if unknown:
        raise ValueError(f"unknown part {{{unknown[0]}}}")
    if "/" in text or "\\" in text:
        raise ValueError("a file name holds no folder; use `directory`")
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
    """Which documents follow which template."""

    paths: Annotated[
        list[Glob], Field(description="Globs of paths, from the configuration's folder.")
    ]
    template: Annotated[
        str, Field(description="The kind of a template, or its path; `none` for none.")
    ]


class Override(_Strict):
    """Other rule levels for some paths."""

    paths: Annotated[
        list[Glob], Field(description="Globs of paths, from the configuration's folder.")
    ]
    rules: Annotated[Levels, Field(description="Levels by rule code; `*` means every rule.")]


class Prefix(_Strict):
    """An ID prefix that no template shows."""

    digits: Annotated[int, Field(ge=0, le=9, description="Digits to pad new IDs to.")] = 3
    scope: Annotated[
        Literal["workspace", "document"], Field(description="Where such an ID must be unique.")
    ] = "workspace"


class Ids(_Strict):
    """IDs that templates do not show, and those of other systems."""

    prefixes: Annotated[
        dict[OwnPrefix, Prefix], Field(description="Further prefixes, such as `REQ-`.")
    ] = {}
    external: Annotated[
        dict[str, Url],
        Field(description='Prefixes of other systems with a URL: `JIRA = "https://…/{id}"`.'),
    ] = {}


class Life(_Strict):
    """How the state of a document changes what is asked of it."""

    ladder: Annotated[
        bool,
        Field(description="Whether incompleteness weighs more the further a document has come."),
    ] = True
    draft: Annotated[list[str], Field(description="Further states that mean a draft.")] = []
    final: Annotated[
        list[str], Field(description="Further states that mean a finished document.")
    ] = []
    dropped: Annotated[
        list[str], Field(description="Further states that mean a dropped document.")
    ] = []


class NewDocument(_Strict):
    """Where new documents of a kind go."""

    directory: Annotated[
        Folder, Field(description="The folder, from the configuration's folder.")
    ] = ""
    filename: Annotated[
        FileName,
        Field(description="The file name, with `{id}`, `{number}`, `{slug}` and `{date}`."),
    ] = ""


class Config(_Strict):
    """The configuration of one workspace."""

    templates: Annotated[
        list[Glob], Field(description="Paths and globs of the team's own templates.")
    ] = [".spec-lsp/templates/*.md"]
    builtin: Annotated[
        bool | list[str],
        Field(description="Which built-in templates are in use: all, none or some kinds."),
    ] = True
    include: Annotated[list[Glob], Field(description="Globs of the files to look at.")] = [
        "**/*.md"
    ]
    exclude: Annotated[list[Glob], Field(description="Globs of files to leave alone.")] = []
    documents: Annotated[
        list[Assignment], Field(description="Which documents follow which template.")
    ] = []
    rules: Annotated[Levels, Field(description="Levels by rule code; `*` means every rule.")] = {}
    overrides: Annotated[list[Override], Field(description="Other levels for some paths.")] = []
    ids: Annotated[Ids, Field(description="IDs that templates do not show.")] = Ids()
    lifecycle: Annotated[Life, Field(description="What the states of documents mean.")] = Life()
    new: Annotated[
        dict[str, NewDocument], Field(description="Where new documents go, by kind.")
    ] = {}
    baseline: Annotated[
        str, Field(description="A file of known findings that are not reported.")
    ] = ""
    history: Annotated[
        bool,
        Field(description="Judge documents by the template of the day they were made, from git."),
    ] = True


def read_config(name: str, text: str) -> tuple[Config, tuple[Fault, ...]]:
    """The configuration in a file's text, and what is wrong with it.

    A value that is wrong is left out and the rest is used; a file that is no TOML says nothing.
    """
    try:
        data: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(), (Fault(error_place(text, str(error)), f"not valid TOML: {error}"),)
    root: Path = ()
    if name.endswith("pyproject.toml"):
        root = ("tool", TABLE)
        data = _below(data, root)
    return _validated(data, text, root)


def has_settings(name: str, text: str) -> bool:
    """Whether a file configures spec-lsp at all; most `pyproject.toml` do not."""
    return not name.endswith("pyproject.toml") or bool(
        re.search(rf"^\[+\s*tool\s*\.\s*[\"']?{TABLE}\b", text, re.MULTILINE)
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Config.model_json_schema()}


def _validated(data: object, text: str, root: Path) -> tuple[Config, tuple[Fault, ...]]:
    """Drop what is wrong until the rest is right; every round removes at least one value."""
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
    is_key = error["type"] in ("extra_forbidden", "missing") or error["loc"][-1] == "[key]"
    value = None if is_key else error["input"]
    return Fault(place_of(text, place, value), _message(error, path))


def _existing(data: object, loc: Path) -> Path:
    """As much of a place as the data has; the rest names a missing key or a type."""
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
    """The data without the values at some places."""
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
    name = ".".join(str(part) for part in path if isinstance(part, str))
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        return f"unknown key `{name}`"
    if error["type"] == "missing":
        return f"`{name}` needs a `{error['loc'][-1]}`"
    return f"`{name}`: {message[:1].lower()}{message[1:]}"
