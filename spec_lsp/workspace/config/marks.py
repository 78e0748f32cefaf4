"""What annotations of the configuration say about a value, for us and for pydantic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Checked:
    """A text is checked by a function, which raises `ValueError`."""

    check: Callable[[str], str]

    def __call__(self, value: str) -> str:
        """The checked value."""
        return self.check(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The check as a validator of pydantic."""
        from pydantic_core.core_schema import (  # noqa: PLC0415 -- it takes long to load.
            no_info_after_validator_function,
        )

        return no_info_after_validator_function(self.check, handler(source))


@dataclass(frozen=True)
class About:
    """The description of a setting, and the limits of a number."""

    text: str
    least: float | None = None
    most: float | None = None

    def __call__(self, value: Any) -> Any:
        """The value, if it is within the limits."""
        if self.least is not None and value < self.least:
            raise ValueError("too small")
        if self.most is not None and value > self.most:
            raise ValueError("too large")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The limits as those of pydantic."""
        limits = {"ge": self.least, "le": self.most}
        given = {name: each for name, each in limits.items() if each is not None}
        return {**handler(source), **given}

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """The description in the JSON schema."""
        return {**handler(schema), "description": self.text}
