"""The output formats of `check` by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.cli.terminal import has_colour

if TYPE_CHECKING:
    from spec_lsp.cli.check.options import Options
    from spec_lsp.report.model import Report


MANY = 20  # problems; more are shown as an overview


def render(report: Report, options: Options) -> str:
    """Render a report in the chosen format."""
    from spec_lsp.report.formats import (
        as_github,
        as_gitlab,
        as_json,
        as_junit,
        as_overview,
        as_sarif,
        as_text,
    )

    output = options.output
    level = options.level_shown
    if output == "json":
        return as_json.render(report, level)
    if output == "text":
        if options.statistics:
            return as_text.statistics(report, level, colour=has_colour())
        if options.is_overview and len(report.at_least(level)) > MANY:
            return as_overview.render(report, level, colour=has_colour())
        return as_text.render(report, level, colour=has_colour())
    shown = report.from_level(level)
    if output == "sarif":
        return as_sarif.render(shown)
    if output == "github":
        return as_github.render(shown)
    if output == "gitlab":
        return as_gitlab.render(shown)
    return as_junit.render(shown, options.fail_on)
