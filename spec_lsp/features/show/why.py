"""Why a document follows its template, in one line, and which other templates are near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spec_lsp.template.match.choose_template import nearest
from spec_lsp.template.match.file_names import is_about_others
from spec_lsp.workspace.config.globs import matches

if TYPE_CHECKING:
    from spec_lsp.markdown.document import Document
    from spec_lsp.template.match.choose_template import Chosen, Nearness
    from spec_lsp.template.schema import Template
    from spec_lsp.workspace.workspace import Workspace


def reason(document: Document, workspace: Workspace) -> str:
    """The step that chose the template of a document and its version, or why none was chosen."""
    chosen = workspace.chosen(document)
    found = _step(document, chosen, workspace)
    date = chosen.template.date if chosen.template else ""
    return f"{found}; the document follows the version of {date}" if date else found


def _step(document: Document, chosen: Chosen, workspace: Workspace) -> str:
    if chosen.name:
        whose = (
            "The document itself" if chosen.by == "document" else _assignment(document, workspace)
        )
        unknown = "" if chosen.template else ", but there is no such kind"
        return f"{whose} names the kind {chosen.name}{unknown}"
    if chosen.by.startswith("family"):
        return _family(document, workspace, is_certain=chosen.by == "family path")
    if not chosen.template:
        return _none(document, workspace)
    if chosen.by == "contents":
        return f"Its sections and fields are those of the template: {_shared(document, workspace)}"
    if chosen.by == "file name":
        return f"Its file name is one of the kind {chosen.template.kind}"
    title = chosen.template.document.title
    return f"Its title has the words of “{title}”"


def rivals(document: Document, workspace: Workspace) -> list[Nearness]:
    """The other templates that are near, the nearest first."""
    chosen = workspace.chosen(document).template
    path = chosen.path if chosen else ""
    others = [each for each in workspace.settings.templates if each.path != path]
    return nearest(document, others)


def likeness(near: Nearness) -> str:
    """What a document has of a template, in words."""
    (sections, all_sections), (fields, all_fields) = near.sections, near.fields
    parts = [
        "its title" if near.has_title else "",
        "its file name" if near.has_file_name else "",
        f"{sections} of {all_sections} required sections" if all_sections else "",
        f"{fields} of {all_fields} required fields" if all_fields else "",
    ]
    return ", ".join(part for part in parts if part)


def source(template: Template) -> str:
    """Where a template comes from."""
    if template.is_builtin:
        return f"built-in ({template.family})" if template.family else "built-in"
    return template.path


def _none(document: Document, workspace: Workspace) -> str:
    if is_about_others(document.path):
        return (
            "A file of this name follows a template only if it names the kind "
            "or is called like the template"
        )
    covers = workspace.settings.families.covers(document.path)
    return "No template fits" + (", and its path fits no kind of a family" if covers else "")


def _assignment(document: Document, workspace: Workspace) -> str:
    """The configuration's globs for a path."""
    for each in workspace.settings.config.documents:
        if matches(document.path, each.paths):
            return f"The configuration for `{', '.join(each.paths)}`"
    return "The configuration"


def _family(document: Document, workspace: Workspace, *, is_certain: bool) -> str:
    placed = workspace.settings.families.place(document.path)
    if not placed:
        return ""
    paths = placed.kind.paths if is_certain else placed.kind.hints
    unit = f", in the unit {placed.unit}" if placed.unit else ""
    base = f" in {placed.base}" if placed.base else ""
    words = "" if is_certain else ", and it has something of the template"
    where = f"`{', '.join(paths)}`{unit}{words}"
    return f"Its path is one of the family {placed.family.name}{base}: {where}"


def _shared(document: Document, workspace: Workspace) -> str:
    template = workspace.chosen(document).template
    return next((likeness(each) for each in nearest(document, [template] if template else [])), "")
