"""Measures how late the event loop is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.observability.records import LoopLagged, Observe

LOOK_SECONDS = 0.5


@asynccontextmanager
async def measured_lag(observe: Observe) -> AsyncIterator[None]:
    """Tell twice a second, within the block, by how much what was due came later."""
    looking = asyncio.create_task(_look(observe))
    try:
        yield
    finally:
        looking.cancel()


async def _look(observe: Observe) -> None:
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + LOOK_SECONDS
        await asyncio.sleep(LOOK_SECONDS)
        observe(LoopLagged(max(0.0, clock() - due)))
