"""The output formats of `check` by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import CannotRunError
from spec_lsp.cli.terminal import has_colour, write, write_data

if TYPE_CHECKING:
    from pathlib import Path

    from spec_lsp.cli.check.options import Options
    from spec_lsp.report.model import Report


MANY = 20  # problems; more are shown as an overview
FOR_PEOPLE = ("text", "compact")


def show(report: Report, options: Options) -> None:
    """Write a report to standard output, and to the files of `--output`."""
    text = render(report, options, options.output, colour=has_colour())
    form = write if options.output in FOR_PEOPLE else write_data
    form(text, flush=True)
    for output, path in options.files:
        _save(path, render(report, options, output, colour=False), report)


def render(report: Report, options: Options, output: str, *, colour: bool) -> str:
    """Render a report in a format."""
    level = options.level_in(output)
    if output == "text":
        return _text(report, options, colour=colour)
    form = import_module(f"spec_lsp.report.formats.as_{output}")
    if output == "compact":
        return str(form.render(report, level, colour=colour))
    if output in ("json", "markdown"):
        return str(form.render(report, level))
    if output == "junit":
        return str(form.render(report.from_level(level), options.fail_on))
    return str(form.render(report.from_level(level)))


def _text(report: Report, options: Options, *, colour: bool) -> str:
    from spec_lsp.report.formats import as_overview, as_text

    level = options.level_in("text")
    if options.statistics:
        return as_text.statistics(report, level, colour=colour)
    if options.is_overview and len(report.at_least(level)) > MANY:
        return as_overview.render(report, level, colour=colour)
    return as_text.render(report, level, colour=colour)


def _save(file: Path, text: str, report: Report) -> None:
    """Write a file of `--output`; Markdown and checked files are only replaced if ours."""
    from spec_lsp.cli.terminal import shown
    from spec_lsp.report.formats.as_markdown import OPENING
    from spec_lsp.storage.files import read
    from spec_lsp.storage.write import RefusedError, replace_text

    place = file.parent.resolve() / file.name
    is_source = place.suffix.lower() == ".md" or shown(place) in report.paths
    if is_source and place.exists() and not (read(place).text or "").startswith(OPENING):
        raise CannotRunError(f"{file} exists and is not a spec-lsp report; nothing was written")
    try:
        replace_text(place.parent, place.name, text if text.endswith("\n") else f"{text}\n")
    except RefusedError as refused:
        raise CannotRunError(str(refused)) from None
