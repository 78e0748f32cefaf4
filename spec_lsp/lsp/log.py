"""Log lines go to the standard error stream, and to the client's log."""

from __future__ import annotations

import logging
from textwrap import indent
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from spec_lsp.printable import printable, printable_lines

if TYPE_CHECKING:
    from spec_lsp.lsp.server import SpecServer

LEVELS = {
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}


def log_to_stderr(level: str) -> None:
    """Write our own log lines to the standard error stream; pygls speaks only of its troubles."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Printable("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("spec_lsp").setLevel(LEVELS.get(level, logging.INFO))
    # What pygls has to report comes to the server, which logs it once and knows what matters.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)


def send_log_to(server: SpecServer, level: str) -> None:
    """Send our own log lines to the client as well."""
    logger = logging.getLogger("spec_lsp")
    logger.setLevel(LEVELS.get(level, logging.INFO))
    for handler in logger.handlers[:]:
        if isinstance(handler, _ClientLog):
            logger.removeHandler(handler)
    logger.addHandler(_ClientLog(server))


class _Printable(logging.Formatter):
    """One line a record, whatever names and texts it holds; a traceback is indented below it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- as logging has it.
        return printable(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 -- as logging has it.
        return indent(printable_lines(super().formatException(ei)), "  ")


class _ClientLog(logging.Handler):
    def __init__(self, server: SpecServer) -> None:
        super().__init__()
        self.setFormatter(_Printable())
        self.server = server

    def emit(self, record: logging.LogRecord) -> None:
        kind = {
            logging.ERROR: lsp.MessageType.Error,
            logging.WARNING: lsp.MessageType.Warning,
            logging.INFO: lsp.MessageType.Info,
        }.get(record.levelno, lsp.MessageType.Log)
        try:
            self.server.window_log_message(lsp.LogMessageParams(kind, self.format(record)))
        except Exception:  # noqa: BLE001 -- a log line must never be the reason to fail.
            self.handleError(record)
