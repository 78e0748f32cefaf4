"""Long work that yields to the event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, TypeVar

from spec_lsp.features.shared.steps import into

if TYPE_CHECKING:
    from spec_lsp.features.shared.steps import Steps

SLICE = 0.005  # seconds of work before the event loop may handle messages
_T = TypeVar("_T")


async def breathing(items: Iterable[_T]) -> AsyncIterator[_T]:
    """Iterate over items; yield to the event loop after each time slice."""
    pause = time.perf_counter() + SLICE
    for item in items:
        yield item
        if time.perf_counter() > pause:
            await asyncio.sleep(0)
            pause = time.perf_counter() + SLICE


async def in_slices(steps: Steps[_T]) -> _T:
    """Do all steps of some work; yield to the event loop after each time slice."""
    found: list[_T] = []
    async for _ in breathing(into(found, steps)):
        pass
    return found[0]
