"""Templates, configuration and unreadable files.

The command line and the server both call these functions, so their reports are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from spec_lsp.rules.engine.diagnose import RuleFinding, diagnostics
from spec_lsp.rules.engine.model import Diagnostic, Finding
from spec_lsp.rules.engine.registry import rule, rules
from spec_lsp.template import builtin
from spec_lsp.template.match.choose_template import by_name
from spec_lsp.template.schema import Fault, Template
from spec_lsp.text import Span
from spec_lsp.workspace.collect.suppressions import EVERY
from spec_lsp.workspace.config.config import NO_TEMPLATE, Config, Levels
from spec_lsp.workspace.config.toml_positions import Path, place_of
from spec_lsp.workspace.entry import Entry


@rule("invalid-template", "error", reads="file")
def invalid_template(faults: Iterable[Fault]) -> Iterator[Finding]:
    """The `spec-lsp` settings of a template contain an unknown key or an invalid value.

    A template is inferred from its Markdown; the key `spec-lsp` in its front matter can override
    what is inferred.
    Unknown keys and invalid values are ignored, and the rest of the template is used.
    A template without headings is reported too, and so is a second template of the same kind.

    ````template
    ---
    spec-lsp:
      required: [Overveiw]
                ^^^^^^^^^^ “Overveiw” is not a section or field of this template
    ---
    # Specification: [Title]

    ## Overview
    ````
    """
    return _findings(faults)


@rule("invalid-config", "error", reads="file")
def invalid_config(faults: Iterable[Fault]) -> Iterator[Finding]:
    """The configuration contains an unknown key or an invalid value.

    Unknown keys and invalid values are ignored, and the rest is used.
    If the file is not valid TOML, the defaults are used; the server keeps the last valid
    configuration.

    ```toml
    [rules]
    broken-lnik = "off"
    ^^^^^^^^^^^ Unknown rule broken-lnik; did you mean broken-link?
    ```
    """
    return _findings(faults)


@rule("unreadable-file", "error", reads="file")
def unreadable_file(faults: Iterable[Fault]) -> Iterator[Finding]:
    """A file cannot be read: it is not UTF-8, too large, or access is denied.

    Problems in such a file would go unnoticed, so it is never skipped silently.
    To skip it, add it to `exclude` in the configuration.
    """
    return _findings(faults)


def template_findings(template: Template, config: Config) -> list[Diagnostic]:
    """Diagnostics of a template file."""
    return _diagnostics("invalid-template", template.path, template.faults, config)


def config_findings(
    path: str, text: str, config: Config, faults: Iterable[Fault], templates: Iterable[Template]
) -> list[Diagnostic]:
    """Diagnostics of a configuration file.

    `config` and `faults` come from `read_config`; `templates` are those that the configuration
    selects.
    """
    every = (*faults, *_unknown_rules(text, config), *_unknown_kinds(text, config, templates))
    return _diagnostics("invalid-config", path, every, config)


def family_findings(path: str, faults: Iterable[Fault], config: Config) -> list[Diagnostic]:
    """Diagnostics of a family file."""
    return _diagnostics("invalid-config", path, faults, config)


def unknown_families(text: str, config: Config, known: Sequence[str]) -> Iterator[Fault]:
    """The faults of a configuration that names families besides the known ones."""
    named = config.families if isinstance(config.families, list) else []
    for name in named:
        if name not in known:
            yield Fault(place_of(text, ("families",), name), _no("family", name, known))
    for at, each in enumerate(config.family):
        if each.name not in known:
            place = place_of(text, ("family", at, "name"), each.name)
            yield Fault(place, _no("family", each.name, known))


def unreadable(path: str, reason: str, config: Config | None = None) -> list[Diagnostic]:
    """The diagnostic of a file that cannot be read."""
    fault = Fault(Span(0, 0), f"Cannot read this file: {reason}")
    return _diagnostics("unreadable-file", path, (fault,), config or Config())


def _diagnostics(code: str, path: str, faults: Iterable[Fault], config: Config) -> list[Diagnostic]:
    found = (RuleFinding(code, finding, 0) for finding in rules()[code].find(faults))
    return diagnostics(Entry(path), found, config)


def _findings(faults: Iterable[Fault]) -> Iterator[Finding]:
    return (Finding(fault.span, fault.message) for fault in faults)


def _unknown_rules(text: str, config: Config) -> Iterator[Fault]:
    tables: list[tuple[Path, Levels]] = [(("rules",), config.rules)]
    tables += ((("overrides", at, "rules"), each.rules) for at, each in enumerate(config.overrides))
    for path, levels in tables:
        for code in levels:
            if code != EVERY and code not in rules():
                yield Fault(place_of(text, (*path, code)), _no("rule", code, rules()))


def _unknown_kinds(text: str, config: Config, templates: Iterable[Template]) -> Iterator[Fault]:
    templates = tuple(templates)
    kinds = [template.kind for template in templates]
    for at, each in enumerate(config.documents):
        if each.template != NO_TEMPLATE and not by_name(each.template, templates):
            place = place_of(text, ("documents", at, "template"), each.template)
            yield Fault(place, _no("template", each.template, kinds))
    for kind in config.new:
        if kind not in kinds:
            yield Fault(place_of(text, ("new", kind)), _no("template", kind, kinds))
    known = [*builtin.texts()]
    for kind in config.builtin if isinstance(config.builtin, list) else ():
        if kind not in known:
            yield Fault(place_of(text, ("builtin",), kind), _no("built-in template", kind, known))


def _no(what: str, name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    return f"Unknown {what} {name}" + (f"; did you mean {near[0]}?" if near else "")
