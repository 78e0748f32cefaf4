"""How an ID may be written: another name of the same form, in the style of a mention."""

from __future__ import annotations

from spec_lsp.identifiers import identifiers_in, prefix_of
from spec_lsp.template.notation.id_patterns import IdPattern
from spec_lsp.template.write.file_name import is_safe_id
from spec_lsp.workspace import known_ids


def has_shape(new: str, old: str, pattern: IdPattern | None) -> bool:
    """Whether a text is an ID of the same form."""
    if not is_safe_id(new):
        return False
    if pattern and not pattern.prefix and not pattern.digits:
        found = known_ids.id_in(new, pattern)
        return found is not None and found[0] == new
    if old.isdigit():
        return new.isdigit()
    identifiers = list(identifiers_in(new))
    is_one = len(identifiers) == 1 and identifiers[0].text == new
    return is_one and prefix_of(new) == prefix_of(old)


def in_style(written: str, old: str, new: str) -> str:
    """Format the new ID with as many digits as the old one has here."""
    if written == old:
        return new
    if written.islower():
        new = new.lower()
    prefix, number = prefix_of(new), new[len(prefix_of(new)) :]
    digits = written[len(prefix_of(written)) :]
    if not number.isdigit() or not digits.isdigit():
        return new
    return prefix + str(int(number)).zfill(len(digits) if digits.startswith("0") else 1)


def is_renumbered(new: str, old: str) -> bool:
    """Whether only the number of an ID changes."""
    prefix = prefix_of(old)
    return prefix_of(new) == prefix and new[len(prefix) :].isdigit()
