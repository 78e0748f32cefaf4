"""Cache of the snippets that completion offers at every keystroke, freed with their template."""

from __future__ import annotations

from spec_lsp.memo import once
from spec_lsp.template.schema import SectionSlot, Template
from spec_lsp.template.write.fill import new_document, next_block, section_block
from spec_lsp.template.write.snippet import Part, Stop, with_line_ends
from spec_lsp.template.write.values import Values
from spec_lsp.template.write.yaml_values import needs_care

# Stand-ins (noncharacters) for values that change while the user types.
_TITLE, _ID = "\ue000", "\ue001"

Shape = tuple[Part, ...]


def document_parts(template: Template, values: Values, ending: str) -> list[Part]:
    """Return the parts of a whole document, with a line ending."""
    title, own_id = _sign(values.title, _TITLE), _sign(values.id, _ID)
    known = once(template, _documents)
    key = (title, own_id, values.date, values.author, ending)
    if key not in known:
        shown = new_document(template, Values(*key[:-1]))
        known[key] = tuple(with_line_ends(shown, ending))
    return [_put_in(part, {_TITLE: values.title, _ID: values.id}) for part in known[key]]


def block_parts(
    slot: SectionSlot, template: Template, number: int, shift: int, ending: str
) -> list[Part]:
    """Return the parts of a section; with a number, the next instance of a repeatable one."""
    known = once(slot, _blocks, template)
    key = (number, shift, ending)
    if key not in known:
        if number:
            parts = next_block(slot, template, number, shift=shift)
        else:
            parts = section_block(slot, template, shift=shift)
        known[key] = tuple(with_line_ends(parts, ending))
    return list(known[key])


def _documents(_: Template) -> dict[tuple[str, ...], Shape]:
    """What a template's documents look like, by what is known of them; filled as it is read."""
    return {}


def _blocks(_slot: SectionSlot, _template: Template) -> dict[tuple[int, int, str], Shape]:
    return {}


def _sign(text: str, sign: str) -> str:
    """Return the stand-in for a text; the text itself if front matter must quote it."""
    return sign if text and not needs_care(text) else text


def _put_in(part: Part, known: dict[str, str]) -> Part:
    if isinstance(part, Stop):
        return part
    for sign, text in known.items():
        part = part.replace(sign, text)
    return part
