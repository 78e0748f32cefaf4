"""The templates and families that come with the program: plain files beside this one."""

from __future__ import annotations

from functools import cache
from importlib import resources

from spec_lsp.markdown.parse import parse
from spec_lsp.template.notation.titles import TitlePattern, title_pattern
from spec_lsp.template.read.infer import infer
from spec_lsp.template.schema import Template

SCHEME = "builtin:"


@cache
def texts() -> dict[str, str]:
    """The texts of the built-in templates by kind."""
    files = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".md"): file.read_text(encoding="utf-8")
        for file in files
        if file.name.endswith(".md")
    }


@cache
def title(kind: str) -> TitlePattern:
    """The title of a built-in template, which is read without inferring the rest."""
    lines = texts()[kind].splitlines()
    heading = next(each for each in lines if each.startswith("# "))
    return title_pattern(heading.removeprefix("# "), is_document_title=True)


@cache
def template(kind: str) -> Template:
    """The built-in template of a kind; its path begins with `builtin:`."""
    return infer(parse(f"{SCHEME}{kind}.md", texts()[kind]), is_builtin=True)


@cache
def templates() -> tuple[Template, ...]:
    """All built-in templates."""
    return tuple(template(kind) for kind in texts())


@cache
def family_names() -> tuple[str, ...]:
    """The families that come with the program: the folders beside this file."""
    folders = (each for each in resources.files(__name__).iterdir() if each.is_dir())
    return tuple(sorted(each.name for each in folders if (each / "family.toml").is_file()))


def family_text(name: str, file: str) -> str:
    """The text of a file of a family; empty if there is none."""
    found = resources.files(__name__) / name / file
    return found.read_text(encoding="utf-8") if found.is_file() else ""
