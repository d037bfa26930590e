"""The pages of the sign-in on a port, between a local Slack and a local Databricks."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any

import aiohttp
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.identity.model import SlackUser
from bot.identity.sign_ins import SignIns
from bot.server.health import health_app
from bot.server.port import open_port
from bot.server.sign_in_pages import SignInPages
from bot.slack.channels import Channels
from bot.slack.members import MemberCounts
from bot.slack.user_groups import UserGroups
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from bot.startup.checks import Identity
from bot.startup.clients import Clients
from bot.startup.space_checks import SpaceChecks
from bot.startup.user_mode import user_identities
from bot.store.grants import GrantStore
from bot.store.people import nobody_looks
from bot.wiring.sign_in import SignIn, build_sign_in
from genie.client import Genie
from sandbox.databricks import Databricks, OAuthApp
from sandbox.slack import Slack
from tests.redis.queue_moves import KEYS
from tests.stories.identity.people import Reply
from tests.stories.world import free_port

ANA, BEN = "U0ANA00007", "U0BEN00002"
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


@dataclass(frozen=True, slots=True)
class Site:
    """What a test of the pages works with."""

    url: str
    redis: "Redis"
    slack: Slack
    databricks: Databricks
    app: OAuthApp
    pages: SignInPages
    sign_in: SignIn
    users: Users
    team: str

    async def link(self, user: str = ANA) -> str:
        """Return a link as the bot sends it to a person."""
        address = await self.sign_ins.new_link(self.person(user), self.slack.workspace.user(user).email)
        assert address.startswith(self.url)
        return address

    @property
    def sign_ins(self) -> SignIns:
        """The store of sign-ins on their way."""
        return self.sign_in.flow.sign_ins

    @property
    def confirm(self) -> str:
        """The address of the page that asks for a confirmation."""
        return f"{self.url}/sign-in/confirm"

    def person(self, user: str) -> SlackUser:
        """Name a person as the bot does."""
        return SlackUser(self.team, user)

    async def signed_in(self, user: str) -> str | None:
        """Return as whom a person is signed in, or None."""
        kept = await self.sign_in.flow.identities.grants.read(self.person(user))
        return kept.grant.databricks_user if kept else None


async def refused(site: Site, got: Reply, sentence: str, status: int) -> None:
    """Check that nobody is signed in, and that a page says what to do."""
    assert (got.status, sentence in unescape(got.text)) == (status, True), got.text[-400:]
    assert await site.signed_in(ANA) is None
    assert await site.signed_in(BEN) is None


@asynccontextmanager
async def open_site(redis: "Redis") -> AsyncIterator[Site]:
    """Open everything."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app, server = OAuthApp((f"{url}/sign-in/callback",)), health_app({})
    pages = SignInPages(server, url)
    async with (
        Slack() as slack,
        Databricks() as databricks,
        aiohttp.ClientSession() as http,
        open_port(server, port),
    ):
        databricks.add_app(app)
        settings = Settings(**_environment(url, slack, databricks, app))
        client = AsyncWebClient(slack.bot_token, slack.api_url, session=http, retry_handlers=[])
        users, team = Users(client, redis, KEYS), slack.workspace.team_id
        assert settings.user_identity
        building = user_identities(
            settings.user_identity,
            databricks.url,
            http,
            GrantStore(redis, KEYS),
            users,
            partial(Genie, http, databricks.url),
        )
        async with building as identities:
            own = Genie(http, databricks.url, identities.genie_of)  # type: ignore[arg-type]  # asks nobody
            catalog = Catalog(settings.spaces)
            clients = Clients(
                redis=redis,
                slack=client,
                genie_of=identities.genie_of,
                http=http,
                identity=Identity(team, "U0GENIEBOT", "B", ""),
                catalog=catalog,
                space_checks=SpaceChecks(own, databricks.url, catalog),
                users=users,
                user_groups=UserGroups(client, redis, KEYS),
                channels=Channels(client, redis, KEYS, MemberCounts(client, redis, KEYS, users)),
                user_identities=identities,
            )
            sign_in = build_sign_in(settings, clients, KEYS, nobody_looks)
            assert sign_in
            pages.flow = sign_in.flow
            yield Site(url, redis, slack, databricks, app, pages, sign_in, users, team)


def _environment(url: str, slack: Slack, databricks: Databricks, app: OAuthApp) -> dict[str, Any]:
    return {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "databricks_host": databricks.url,
        "DATABRICKS_TOKEN": databricks.token,
        "GENIE_SPACE": databricks.space_id,
        "identity": "user",
        "public_url": url,
        "databricks_oauth_client_id": app.client_id,
        "databricks_oauth_client_secret": app.client_secret,
        "token_encryption_keys": KEY,
    }
