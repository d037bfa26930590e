"""The port on which the bot answers, over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.config.errors import StartupError


@asynccontextmanager
async def open_port(server: web.Application, port: int) -> AsyncIterator[None]:
    """Serve within the block; StartupError if another program has the port."""
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, port=port).start()
    except OSError:
        raise StartupError(f"Port {port} is taken by another program: set PORT to a free one.") from None
