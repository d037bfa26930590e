"""The page that Prometheus reads, on a port of its own, or on `PORT` for whoever has the token."""

from collections.abc import Awaitable, Callable
from hmac import compare_digest

from aiohttp import web

PATH = "/metrics"
_WANTS_TOKEN = {"WWW-Authenticate": "Bearer"}


class MetricsPage:
    """Serves all metrics; before Redis is open, those of this process alone."""

    def __init__(self, read: Callable[[], Awaitable[bytes]], content_type: str, token: str | None) -> None:
        """Serve what `read` returns, to whoever has the `token` if there is one."""
        self._read, self._content_type = read, content_type
        self._token = token.encode() if token else None

    def serve(self, server: web.Application) -> None:
        """Add the page to a server."""
        server.add_routes([web.get(PATH, self._get, allow_head=False)])

    async def _get(self, request: web.Request) -> web.Response:
        if not self._may_read(request.headers.get("Authorization", "")):
            return web.Response(status=401, headers=_WANTS_TOKEN)
        return web.Response(body=await self._read(), headers={"Content-Type": self._content_type})

    def _may_read(self, authorization: str) -> bool:
        if self._token is None:
            return True
        scheme, _, given = authorization.partition(" ")
        # Both as bytes, and in a time that does not tell how much of it was right. What is no UTF-8 comes as
        # lone surrogates.
        said = given.strip().encode(errors="surrogateescape")
        return scheme.lower() == "bearer" and compare_digest(said, self._token)
