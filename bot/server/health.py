"""Liveness and readiness endpoints, and a landing page."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

log = logging.getLogger(__name__)

Ping = Callable[[], Awaitable[object]]
"""Returns when the part works and raises when it does not."""


async def not_started() -> None:
    """Fail, as a part that is not there yet."""
    raise RuntimeError("the bot is starting")


PING_SECONDS = 2.0
"""How long a part may take to answer; the probes of the platforms wait longer."""

WAITED_SECONDS = 1.2
"""The same while somebody waits."""

ALIVE = "/healthz"
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Genie in Slack</title>
<p>This is a Slack bot that puts questions to Databricks Genie. To ask, mention it in a Slack channel.</p>
<p><a href="healthz">Is it alive?</a> <a href="readyz">Can it serve?</a></p>
</html>
"""


def health_app(pings: Mapping[str, Ping], ping_seconds: float = PING_SECONDS) -> web.Application:
    """Build the application; `pings` names the parts that it takes to serve, of which there may come more."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=_PAGE, content_type="text/html")

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    failing: set[str] = set()

    async def ready(_: web.Request) -> web.Response:
        failures = await failures_of(pings, ping_seconds)
        works = {name: failure is None for name, failure in failures.items()}
        for name, failure in failures.items():
            if failure and name not in failing:  # and not at each look of the platform
                log.info("health.failed", extra={"part": name, "failure": type(failure).__name__})
        failing.clear()
        failing.update(name for name, well in works.items() if not well)
        return web.json_response(works, status=200 if all(works.values()) else 503)

    app = web.Application()
    app.add_routes([web.get("/", page), web.get(ALIVE, alive), web.get("/readyz", ready)])
    return app


async def working_parts(pings: Mapping[str, Ping], databricks: Ping) -> dict[str, bool]:
    """Tell which parts answer now, for somebody who waits."""
    failures = await failures_of({**pings, "databricks": databricks}, WAITED_SECONDS)
    return {name: failure is None for name, failure in failures.items()}


async def failures_of(
    pings: Mapping[str, Ping], ping_seconds: float = PING_SECONDS
) -> dict[str, Exception | None]:
    """Return why each part does not work, None for one that does."""
    names = list(pings)
    found = await asyncio.gather(*(_failure(pings[name], ping_seconds) for name in names))
    return dict(zip(names, found, strict=True))


async def _failure(ping: Ping, seconds: float) -> Exception | None:
    try:
        async with asyncio.timeout(seconds):
            await ping()
    except Exception as failure:  # noqa: BLE001 - whatever a part raises, it does not work
        return failure
    return None
