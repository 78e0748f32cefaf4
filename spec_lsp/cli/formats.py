"""Two forms of output that several commands have."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """For people, or for programs."""

    text = "text"
    json = "json"
