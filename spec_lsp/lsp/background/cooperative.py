"""Long work beside the messages, in pieces that nobody notices."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

# Messages wait at most this long, in seconds, for work that is done in between.
SLICE = 0.005
_T = TypeVar("_T")


async def breathing(items: Iterable[_T]) -> AsyncIterator[_T]:
    """Some items, with room for messages after every few of them."""
    pause = time.perf_counter() + SLICE
    for item in items:
        yield item
        if time.perf_counter() > pause:
            await asyncio.sleep(0)
            pause = time.perf_counter() + SLICE
