"""What the bot's port answers, and nothing else."""

from aiohttp import web

from bot.server.health import health_app
from bot.server.sign_in_pages import SignInPages
from bot.server.slack_http import SlackRoute

PAGES = {
    *("GET /", "GET /healthz", "GET /readyz"),
    "POST /slack/events",
    *("GET /sign-in/{token}", "GET /sign-in/callback"),
    *("GET /sign-in/confirm", "POST /sign-in/confirm", "GET /sign-in/done"),
}
"""Pages for probes, Slack and people. None of them gives a token or an answer to anybody."""


def test_there_are_pages_for_probes_slack_and_people_alone() -> None:
    """Whoever adds an address says here whom it serves."""
    server = health_app({})
    SlackRoute(server)
    SignInPages(server, "https://bot.example")
    assert {_named(route) for route in server.router.routes() if route.method != "HEAD"} == PAGES


def _named(route: web.AbstractRoute) -> str:
    assert route.resource
    return f"{route.method} {route.resource.canonical}"
