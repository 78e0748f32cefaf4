"""Output formats shared by several commands."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """Text for people, JSON for programs."""

    text = "text"
    json = "json"
