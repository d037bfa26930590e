"""Builds what counts for Prometheus, where a setting says so; else nothing is loaded, and nothing counts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.config.settings import Settings
from bot.observability.gauges import Gauges
from bot.observability.loop_lag import measured_lag
from bot.observability.records import Observe, nobody
from bot.server.metrics_page import MetricsPage
from bot.server.port import open_port
from bot.store.oversight.gauges import GaugeReader
from bot.store.questions import NotStored


@dataclass(slots=True)
class Observation:
    """Who is told of what happens, and what tells the figures that all processes share."""

    observe: Observe = nobody
    gauges: GaugeReader | None = field(default=None, kw_only=True)
    """Set when Redis is open."""

    async def shared(self) -> Gauges | None:
        """Return the shared figures; None where Redis does not tell them."""
        if self.gauges is None:
            return None
        try:
            return await self.gauges.read()
        except NotStored:
            return None


@asynccontextmanager
async def open_metrics(settings: Settings, server: web.Application) -> AsyncIterator[Observation]:
    """Serve metrics on `server`, if there is a token, and on the port for them, if there is one."""
    if settings.metrics_port is None and settings.metrics_token is None:
        yield Observation()
        return
    from bot.observability.metrics import CONTENT_TYPE, Metrics  # noqa: PLC0415 (only where it counts)

    metrics = Metrics({space.id: space.alias or space.id for space in settings.spaces})
    observation = Observation(metrics.observe)

    async def read() -> bytes:
        shared = await observation.shared()
        return await asyncio.to_thread(metrics.exposition, shared)

    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    page = MetricsPage(read, CONTENT_TYPE, token)
    async with AsyncExitStack() as stack:
        if token:
            page.serve(server)
        if settings.metrics_port is not None:
            own = web.Application()
            page.serve(own)
            await stack.enter_async_context(open_port(own, settings.metrics_port, "METRICS_PORT"))
        await stack.enter_async_context(measured_lag(metrics.observe))
        yield observation
