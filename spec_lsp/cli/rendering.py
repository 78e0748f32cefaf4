"""The output formats of `check` by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.cli.terminal import has_colour

if TYPE_CHECKING:
    from spec_lsp.cli.checking import Options
    from spec_lsp.report.model import Report


def render(report: Report, options: Options) -> str:
    """A report in the format asked for."""
    from spec_lsp.report import as_github, as_gitlab, as_json, as_junit, as_sarif, as_text

    output = options.output
    # Hints are for editors; only a program that reads everything gets them unasked.
    level = options.level or ("hint" if output == "json" else "info")
    if output == "json":
        return as_json.render(report, level)
    if output == "text":
        form = as_text.statistics if options.statistics else as_text.render
        return form(report, level, colour=has_colour())
    shown = report.from_level(level)
    if output == "sarif":
        return as_sarif.render(shown)
    if output == "github":
        return as_github.render(shown)
    if output == "gitlab":
        return as_gitlab.render(shown)
    return as_junit.render(shown, options.fail_on)
