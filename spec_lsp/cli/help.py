"""The look of help pages and usage errors: arguments in capitals, no Python types.

Values are read without pydantic, which typer loads otherwise: that takes longer than most commands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter

PATHS_HELP = r"Files and folders to check. \[default: .]"
FORMAT_HELP = "Output format."


class Command(TyperCommand):
    """A command whose help shows `KIND` instead of `{kind} <str>`."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Arguments and options, `--help` included."""
        return [_plain(each) for each in super().get_params(ctx)]

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """The usage line; typer puts required arguments into braces."""
        pieces = super().collect_usage_pieces(ctx)
        return [piece.replace("{", "").replace("}", "") for piece in pieces]


class Group(TyperGroup):
    """A group of commands whose help shows no `<bool>` for flags."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Options, `--help` included."""
        return [_plain(each) for each in super().get_params(ctx)]


def _plain(param: Parameter) -> Parameter:
    """Name an argument in capitals; hide the type of arguments and flags."""
    if isinstance(param, TyperArgument):
        param.metavar = param.metavar or param.name.upper()
    if isinstance(param, TyperArgument) or (isinstance(param, TyperOption) and param.is_flag):
        param.display_type_rich = _no_type  # type: ignore[method-assign]
    # Older versions of typer convert values themselves, without pydantic.
    described = getattr(param, "type_descriptor", None)
    kind = described and (get_args(described.annotation) or [described.annotation])[0]
    if isinstance(kind, type) and issubclass(kind, (str, int, Path)):
        param.get_runtime_param = partial(_Reader, kind)  # type: ignore[attr-defined]
    return param


@dataclass(frozen=True)
class _Reader:
    """Reads a value, or each of several, as a text, a number, a path or a choice."""

    kind: type[Any]

    def coerce(self, value: Any, param: Parameter, ctx: Context) -> Any:  # noqa: ANN401 -- typer.
        """The value of a parameter; None and () if it is absent."""
        if isinstance(value, (list, tuple)):
            return [self._one(each, param, ctx) for each in value]
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        return self._one(value, param, ctx)

    def _one(self, value: Any, param: Parameter, ctx: Context) -> Any:  # noqa: ANN401 -- typer.
        try:
            return value if isinstance(value, self.kind) else self.kind(value)
        except ValueError:
            expected = "expected a valid integer"
        if issubclass(self.kind, StrEnum):
            known = ", ".join(repr(str(each)) for each in self.kind)
            expected = f"{value!r} is not one of {known}."
        raise typer.BadParameter(expected, ctx=ctx, param=param)  # type: ignore[arg-type]


def _no_type(ctx: Context) -> None:
    """Leave the column of types empty."""
