"""Rules about the values of fields and table cells."""

from __future__ import annotations

from collections.abc import Iterator

from spec_lsp.rules.model import Finding, Subject
from spec_lsp.rules.registry import rule
from spec_lsp.template.choices import find_choice, read_choices


@rule("invalid-value", "error", reads="binding")
def invalid_value(subject: Subject) -> Iterator[Finding]:
    """A field holds a value that its template does not list.

    Case, decoration and a tail do not count: `✅ Done (2025-11-14)` is `Done`.
    A list that ends with an ellipsis or holds a parameter is open, and any value may stand there.

    ```markdown
    **Status**: Aproved
                ^^^^^^^ expected one of Draft, Approved, Implemented
    ```
    """
    for match in subject.binding.all_fields():
        field, slot = match.field, match.slot
        if not slot.choices or not field.value or slot.choices.is_open:
            continue
        if find_choice(field.value, slot.choices) or read_choices(field.value):
            continue
        yield Finding(field.value_span, f"expected one of {', '.join(slot.values)}")
