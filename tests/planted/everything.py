"""All defects together."""

from __future__ import annotations

from collections.abc import Iterator

from tests.planted.defects import Defect
from tests.planted.fields import field_defects
from tests.planted.references import harmless_changes, reference_defects
from tests.planted.sections import section_defects
from tests.planted.stories import state_defects


def every_defect() -> Iterator[Defect]:
    """Every defect that fits into one document."""
    yield from section_defects()
    yield from field_defects()
    yield from reference_defects()
    yield from state_defects()
    yield from harmless_changes()
