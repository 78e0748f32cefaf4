"""The output formats of `check` by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.cli.terminal import has_colour

if TYPE_CHECKING:
    from spec_lsp.cli.check.options import Options
    from spec_lsp.report.model import Report


def render(report: Report, options: Options) -> str:
    """A report in the format asked for."""
    from spec_lsp.report.formats import as_github, as_gitlab, as_json, as_junit, as_sarif, as_text
    from spec_lsp.rules.engine.registry import rules

    output = options.output
    if output == "json":
        return as_json.render(report)
    if output == "sarif":
        return as_sarif.render(report, {code: each.summary for code, each in rules().items()})
    if output == "github":
        return as_github.render(report)
    if output == "gitlab":
        return as_gitlab.render(report)
    if output == "junit":
        return as_junit.render(report, options.fail_on)
    if options.statistics:
        return as_text.statistics(report, colour=has_colour())
    return as_text.render(report, options.level, colour=has_colour())
