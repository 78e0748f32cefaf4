"""Edits of a configuration in TOML that leave its other lines as they are."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from spec_lsp.text import Edit, Span, apply
from spec_lsp.workspace.config.config import TABLE

_NAME = "pyproject.toml"


def turn_off(path: str, text: str, code: str) -> Edit | None:
    """The edit that turns a rule off; None if the text has an unusual form."""
    root = ["tool", TABLE] if path.endswith(_NAME) else []
    table = r"[ \t]*\.[ \t]*".join(map(re.escape, [*root, "rules"]))
    tries = (
        (rf"^[ \t]*[\"']?{re.escape(code)}[\"']?[ \t]*=[ \t]*(?P<at>[\"']\w+[\"'])", '"off"'),
        (rf"^[ \t]*\[[ \t]*{table}[ \t]*\][^\n]*(?P<at>(?:\n|\Z))", f'\n{code} = "off"\n'),
        (r"^[ \t]*rules[ \t]*=[ \t]*\{(?P<at>)[ \t]*\}", f' {code} = "off" '),
        (r"^[ \t]*rules[ \t]*=[ \t]*\{(?P<at>)", f' {code} = "off",'),
        (r"(?P<at>)\Z", f'{_gap(text)}[{".".join([*root, "rules"])}]\n{code} = "off"\n'),
    )
    for pattern, new in tries:
        if found := re.search(pattern, text, re.MULTILINE):
            edit = Edit(Span(*found.span("at")), new)
            if _levels(apply(text, [edit]), root) == {**_levels(text, root), code: "off"}:
                return edit
    return None


def _gap(text: str) -> str:
    """What separates a new table from the text before it."""
    if not text.strip():
        return ""
    return "\n" if text.endswith("\n") else "\n\n"


def _levels(text: str, root: list[str]) -> dict[str, Any]:
    """The table of rules; one that no edit makes if the text is not valid."""
    try:
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {"": text}
    for name in (*root, "rules"):
        data = data.get(name, {}) if isinstance(data, dict) else {}
    return data if isinstance(data, dict) else {"": text}
