"""Slack over HTTP: signed requests instead of a socket, for load-balanced deployments.

https://docs.slack.dev/apis/events-api/using-http-request-urls
"""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

PATH = "/slack/events"
"""One address for events, interactivity and commands."""


def add_slack_route(server: web.Application, app: AsyncApp) -> None:
    """Let `server` hand what Slack posts to `app`, which checks the signature."""

    async def from_slack(request: web.Request) -> web.Response:
        try:
            said = await to_bolt_request(request)
        except (ValueError, LookupError, AttributeError, TypeError):
            return web.Response(status=400)  # nothing that Slack sends, and Bolt stumbles over it
        answer = await app.async_dispatch(said)
        return await to_aiohttp_response(answer)

    server.add_routes([web.post(PATH, from_slack)])
