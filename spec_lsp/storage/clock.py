"""Today's date."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

VARIABLE = "SOURCE_DATE_EPOCH"


def today() -> str:
    """The date in the user's time zone; reproducible builds set it with `SOURCE_DATE_EPOCH`."""
    epoch = os.environ.get(VARIABLE, "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()  # noqa: DTZ011 -- the user's date, not that of UTC.
