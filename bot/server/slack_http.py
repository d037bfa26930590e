"""Slack over HTTP: signed requests instead of a socket, for load-balanced deployments.

https://docs.slack.dev/apis/events-api/using-http-request-urls
"""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

PATH = "/slack/events"
"""One address for events, interactivity and commands."""


class SlackRoute:
    """Hands what Slack posts to an app, which checks the signature; to none before the bot has started."""

    def __init__(self, server: web.Application) -> None:
        """Add the route to `server`."""
        self.app: AsyncApp | None = None
        server.add_routes([web.post(PATH, self._take)])

    async def _take(self, request: web.Request) -> web.Response:
        if self.app is None:
            return web.Response(status=503)  # Slack sends it again
        try:
            said = await to_bolt_request(request)
        except (ValueError, LookupError, AttributeError, TypeError):
            return web.Response(status=400)  # nothing that Slack sends, and Bolt stumbles over it
        return await to_aiohttp_response(await self.app.async_dispatch(said))
