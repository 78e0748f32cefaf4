"""The values that configuration files may hold, with what is wrong with others."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from spec_lsp.workspace.config.globs import inside, is_glob

FILE_NAME_PARTS = ("id", "number", "slug", "date")


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
