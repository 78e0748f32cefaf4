"""Logging to stderr and to the client."""

from __future__ import annotations

import logging
from textwrap import indent
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.printable import printable, printable_lines

if TYPE_CHECKING:
    from collections.abc import Callable

LEVELS = {
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}


def log_to_stderr(level: str) -> None:
    """Log to stderr; other libraries only from warnings on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Printable("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("spec_lsp").setLevel(LEVELS.get(level, logging.INFO))
    # pygls reports its errors to the server, which logs them once.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)


def send_log_to(send: Callable[[lsp.LogMessageParams], None], level: str) -> None:
    """Send our log messages to the client too."""
    logger = logging.getLogger("spec_lsp")
    logger.setLevel(LEVELS.get(level, logging.INFO))
    for handler in logger.handlers[:]:
        if isinstance(handler, _ClientLog):
            logger.removeHandler(handler)
    logger.addHandler(_ClientLog(send))


class _Printable(logging.Formatter):
    """Formats a record as one line, with control characters escaped; a traceback is indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- as logging has it.
        return printable(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 -- as logging has it.
        return indent(printable_lines(super().formatException(ei)), "  ")


class _ClientLog(logging.Handler):
    def __init__(self, send: Callable[[lsp.LogMessageParams], None]) -> None:
        super().__init__()
        self.setFormatter(_Printable())
        self.send = send

    def emit(self, record: logging.LogRecord) -> None:
        kind = {
            logging.ERROR: lsp.MessageType.Error,
            logging.WARNING: lsp.MessageType.Warning,
            logging.INFO: lsp.MessageType.Info,
        }.get(record.levelno, lsp.MessageType.Log)
        try:
            self.send(lsp.LogMessageParams(kind, self.format(record)))
        except Exception:  # noqa: BLE001 -- logging must never raise.
            self.handleError(record)
