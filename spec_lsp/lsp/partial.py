"""Answers of many results: computed in slices, and sent in parts if the client asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from lsprotocol import types as lsp

from spec_lsp.lsp.background.cooperative import breathing

if TYPE_CHECKING:
    from spec_lsp.features.shared.steps import Batches
    from spec_lsp.lsp.convert import Plain
    from spec_lsp.lsp.server import SpecServer

_PART = 0.1  # seconds of results in one part
_T = TypeVar("_T")


class Partial(Protocol):
    """The parameters of a request whose results may be sent in parts."""

    @property
    def partial_result_token(self) -> lsp.ProgressToken | None: ...


async def collected(
    server: SpecServer,
    params: Partial,
    batches: Batches[_T],
    convert: Callable[[_T], Plain | None],
) -> list[Plain] | None:
    """Convert results as they are found; return those that were not sent in parts.

    The event loop handles other messages in between, which may change the texts: each result is
    converted right after it is found.
    """
    token, found = params.partial_result_token, []
    has_sent = False
    due = time.perf_counter() + _PART
    async for batch in breathing(batches):
        found += [plain for each in batch if (plain := convert(each))]
        if token is not None and found and time.perf_counter() > due:
            server.protocol.tell(lsp.PROGRESS, {"token": token, "value": found})
            has_sent, found = True, []
            due = time.perf_counter() + _PART
    return found if found or has_sent else None
