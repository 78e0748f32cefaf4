"""The look of help pages and usage errors: arguments in capitals, no Python types."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the command line; errors leave out the phrases of pydantic."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            message = error.message.removeprefix("Value error, ").partition(", unable to ")[0]
            error.message = message.replace("Input should be", "expected")
            raise

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
    return param


def _no_type(ctx: Context) -> None:
    """Leave the column of types empty."""
