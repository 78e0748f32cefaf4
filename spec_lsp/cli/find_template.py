"""Templates by kind or path, for the commands about templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from spec_lsp.cli.errors import CannotRunError, unknown
from spec_lsp.cli.terminal import shown

if TYPE_CHECKING:
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.settings import Settings


def found_template(name: str) -> Template:
    """The template of a kind or at a path."""
    from spec_lsp.template.match.choose_template import by_name

    if name.endswith(".md") or "/" in name:
        if Path(name).exists():
            return template_at(Path(name))
        raise CannotRunError(f"{name} does not exist")
    found = settings_here().templates
    template = by_name(name, found)
    if not template:
        raise unknown("kind", name, [each.kind for each in found])
    return template


def template_at(path: Path) -> Template:
    """The template in a file."""
    from spec_lsp.markdown.parse import parse
    from spec_lsp.storage.files import read
    from spec_lsp.template.read.infer import infer

    reading = read(path)
    if reading.text is None:
        raise CannotRunError(f"{path} cannot be read: {reading.reason}")
    return infer(parse(shown(path.resolve()), reading.text))


def settings_here() -> Settings:
    """The configuration and the templates of the current folder."""
    from spec_lsp.storage.discover import find_root, load

    return load(find_root(Path.cwd())).settings
