"""Client settings; absent, null, partial and invalid values fall back to the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LEVELS = ("off", "hint", "info", "warning", "error")
LOG_LEVELS = ("error", "warning", "info", "debug")
FEATURES = (
    "completion",
    "hover",
    "definition",
    "references",
    "rename",
    "symbols",
    "documentLinks",
    "folding",
    "selectionRanges",
    "codeActions",
    "codeLens",
    "inlayHints",
    "callHierarchy",
    "semanticTokens",
    "onTypeFormatting",
    "highlight",
    "diagnostics",
)
_LONGEST_DELAY = 10_000  # ms


@dataclass(frozen=True)
class ClientSettings:
    """The settings of one client; `delay` is the minimum debounce of diagnostics (s).

    `avoids_duplicates` leaves out what another Markdown server of the client shows too.
    """

    off: frozenset[str] = frozenset()
    delay: float = 0
    rules: dict[str, str] = field(default_factory=dict)
    author: str = ""
    log_level: str = "info"
    avoids_duplicates: bool = False

    def allows(self, feature: str) -> bool:
        """Whether a feature is on."""
        return feature not in self.off


def read_settings(data: object) -> ClientSettings:
    """Read the settings from a message, with or without the key `spec-lsp`."""
    own = _table(_table(data).get("spec-lsp")) or _table(data)
    features = _table(own.get("features"))
    delay = _table(own.get("diagnostics")).get("delay")
    rules = _table(own.get("rules"))
    author = own.get("author")
    log_level = own.get("logLevel")
    return ClientSettings(
        off=frozenset(name for name in FEATURES if features.get(name) is False),
        delay=_seconds(delay),
        rules={str(code): level for code, level in rules.items() if level in LEVELS},
        author=author if isinstance(author, str) else "",
        log_level=log_level if log_level in LOG_LEVELS else "info",
        avoids_duplicates=own.get("avoidDuplicates") is True,
    )


def _table(data: object) -> dict[Any, Any]:
    return data if isinstance(data, dict) else {}


def _seconds(milliseconds: object) -> float:
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return ClientSettings.delay
    return min(max(milliseconds, 0), _LONGEST_DELAY) / 1000
