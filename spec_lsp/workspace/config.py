"""What a team may set, in `spec-lsp.toml` or under `[tool.spec-lsp]` in `pyproject.toml`.

`read_config` answers with a configuration whatever the text: faults are said where they stand.
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from spec_lsp.template.model import Fault
from spec_lsp.text import Span

FILE_NAMES = ("spec-lsp.toml", ".spec-lsp.toml", "pyproject.toml")
TABLE = "spec-lsp"

Level = Literal["off", "hint", "info", "warning", "error"]
Levels = dict[str, Level]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Assignment(_Strict):
    """Which documents follow which template."""

    paths: Annotated[
        list[str], Field(description="Globs of paths, from the configuration's folder.")
    ]
    template: Annotated[
        str, Field(description="The kind of a template, or its path; `none` for none.")
    ]


class Override(_Strict):
    """Other rule levels for some paths."""

    paths: Annotated[
        list[str], Field(description="Globs of paths, from the configuration's folder.")
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
        dict[str, Prefix], Field(description="Further prefixes, such as `REQ-`.")
    ] = {}
    external: Annotated[
        dict[str, str],
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

    directory: Annotated[str, Field(description="The folder, from the configuration's folder.")] = (
        ""
    )
    filename: Annotated[
        str, Field(description="The file name, with `{id}`, `{number}`, `{slug}` and `{date}`.")
    ] = ""


class Config(_Strict):
    """The configuration of one workspace."""

    templates: Annotated[
        list[str], Field(description="Paths and globs of the team's own templates.")
    ] = [".spec-lsp/templates/*.md"]
    builtin: Annotated[
        bool | list[str],
        Field(description="Which built-in templates are in use: all, none or some kinds."),
    ] = True
    include: Annotated[list[str], Field(description="Globs of the files to look at.")] = ["**/*.md"]
    exclude: Annotated[list[str], Field(description="Globs of files to leave alone.")] = []
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

    A key that is wrong is left out and the rest is used; a file that is no TOML says nothing.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Config(), (Fault(_error_place(text, error), f"not valid TOML: {error}"),)
    if name.endswith("pyproject.toml"):
        data = data.get("tool", {}).get(TABLE, {})
    return _validated(data, text)


def has_settings(name: str, text: str) -> bool:
    """Whether a file configures spec-lsp at all; most `pyproject.toml` do not."""
    return not name.endswith("pyproject.toml") or bool(
        re.search(rf"^\[+\s*tool\s*\.\s*[\"']?{TABLE}\b", text, re.MULTILINE)
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Config.model_json_schema()}


def _validated(data: dict[str, Any], text: str) -> tuple[Config, tuple[Fault, ...]]:
    """Drop what is wrong until the rest is right; every round removes at least one key."""
    faults: list[Fault] = []
    while True:
        try:
            return Config.model_validate(data), tuple(faults)
        except ValidationError as error:
            keys = set()
            for each in error.errors():
                path = each["loc"]
                keys.add(path[0] if path else "")
                faults.append(Fault(_place(text, path), _message(each, path)))
            data = {key: value for key, value in data.items() if key not in keys}
            if not all(keys):
                return Config(), tuple(faults)


def _message(error: ErrorDetails, path: tuple[int | str, ...]) -> str:
    name = ".".join(str(part) for part in path if isinstance(part, str))
    if error["type"] == "extra_forbidden":
        return f"unknown key `{name}`"
    return f"`{name}`: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _place(text: str, path: tuple[int | str, ...]) -> Span:
    """Where the last named key of a path stands; a search, since TOML readers tell no places."""
    start, found = 0, Span(0, 0)
    for part in path:
        if not isinstance(part, str):
            continue
        quoted = re.escape(part)
        match = re.compile(
            rf"(?<![\w-])[\"']?(?P<key>{quoted})[\"']?(?=\s*[=.\]])", re.MULTILINE
        ).search(text, start)
        if not match:
            break
        found, start = Span(*match.span("key")), match.end()
    return found


def _error_place(text: str, error: tomllib.TOMLDecodeError) -> Span:
    match = re.search(r"line (\d+), column (\d+)", str(error))
    lines = text.split("\n")
    if not match:
        return Span(max(len(text) - 1, 0), len(text))
    line = min(int(match[1]), len(lines)) - 1
    at = sum(len(each) + 1 for each in lines[:line]) + int(match[2]) - 1
    at = min(at, len(text))
    return Span(at, min(at + 1, len(text)))
