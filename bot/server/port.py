"""The port on which the bot answers, over HTTP."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.log import server_logger
from aiohttp.web_protocol import RequestPayloadError

from bot.config.errors import StartupError

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_port(server: web.Application, port: int, setting: str = "PORT") -> AsyncIterator[None]:
    """Serve within the block; StartupError if another program has the port that a setting names."""
    runner = web.AppRunner(server, access_log=None, logger=_ServerLog(server_logger))
    await runner.setup()
    try:
        await _listen(runner, port, setting)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int, setting: str) -> None:
    try:
        await web.TCPSite(runner, port=port).start()
    except OSError:
        raise StartupError(f"Port {port} is taken by another program: set {setting} to a free one.") from None


class _ServerLog(logging.LoggerAdapter[logging.Logger]):
    """What aiohttp logs of the port, with one line for a request that is not HTTP: scanners send many."""

    def exception(self, msg: object, *args: object, exc_info: Any = True, **others: Any) -> None:
        """Log what was raised; a traceback tells of faults of ours alone."""
        if isinstance(exc_info, HttpProcessingError | RequestPayloadError):
            log.info("port.malformed", extra={"error": type(exc_info).__name__})
        else:
            super().exception(msg, *args, exc_info=exc_info, **others)
