"""Checks of Slack, Databricks and Redis at start; a failure says what the operator should check."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from redis.exceptions import RedisError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.errors import StartupError
from bot.config.redis_address import RedisAddress
from bot.slack.api import SlackError, SlackUnavailable, ask_slack, who_we_are
from bot.spaces.model import Space
from bot.startup.away import DatabricksAway, SlackAway, log_down, wait_until_back
from bot.store.availability.outage import Reason, reason_of
from bot.store.questions import NotStored
from genie import errors
from genie.client import Genie
from genie.model import Space as GenieSpace

TIMEOUT_SECONDS = 10.0
"""For each service."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack."""

    team: str
    bot_user: str
    bot_id: str
    url: str
    enterprise: str = ""
    """The organization of which the workspace is a part, with Enterprise Grid."""
    scopes: frozenset[str] = frozenset()
    """What was granted to our token; empty if Slack does not tell."""


@contextlib.contextmanager
def explained(address: RedisAddress) -> Iterator[None]:
    """Turn what Redis raises at the start into one sentence."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise StartupError(_REDIS_PROBLEMS[reason_of(error)].format(address.shown)) from None


_REDIS_PROBLEMS = {
    Reason.AWAY: "Redis at {} does not answer: check REDIS_URL and that the server runs, or unset it to use "
    "the bot's own store.",
    Reason.NO_PRIMARY: "The Sentinels at {} name no primary: check the service's name in REDIS_URL, and that "
    "Sentinels and Redis run.",
    Reason.CERTIFICATE: "The certificate of Redis at {} is not trusted here: set REDIS_TLS_VERIFY=false if "
    "it signs its own, as on Heroku.",
    Reason.LOGIN: "Redis at {} refuses the name or password: check REDIS_URL.",
    Reason.FORBIDDEN: "Redis at {} refuses us: check the user in REDIS_URL and what it may do.",
    Reason.REFUSED: "Redis at {} refuses us: check the user in REDIS_URL and what it may do.",
    Reason.LOADING: "Redis at {} is still reading its data: start again when it has, and see its log.",
    Reason.READ_ONLY: "Redis at {} is a replica, which takes no writes: put its primary into REDIS_URL.",
    Reason.FULL: "Redis at {} is out of memory: raise its maxmemory, or make room.",
    Reason.DISK: "Redis at {} cannot write to its disk: make room there, and see its log.",
    Reason.BUSY: "Redis at {} is busy with a script of somebody else: start again when that has ended.",
    Reason.CROWDED: "Redis at {} gives us no connection: check its limit of clients.",
    Reason.CLUSTER_DOWN: "The Redis Cluster at {} is down: check that each of its slots has a primary.",
    Reason.SLOT_MOVING: "The Redis Cluster at {} moves the slot of our keys: start again when it has.",
    Reason.MOVED: "Redis at {} is a node of a Cluster: write redis+cluster:// in REDIS_URL, or "
    "rediss+cluster://.",
    Reason.FEW_REPLICAS: "Redis at {} has too few replicas: check them, and its min-replicas-to-write.",
}


async def check_slack(slack: AsyncWebClient, app_token: str | None) -> Identity:
    """Make sure that both tokens work, and learn who we are; SlackAway."""
    identity = await check_bot_token(slack)
    if app_token:
        await check_app_token(slack, app_token)
    return identity


async def check_bot_token(slack: AsyncWebClient) -> Identity:
    """Make sure that the bot token works, and learn who we are; SlackAway."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            me, scopes = await who_we_are(slack)
    except (SlackUnavailable, TimeoutError):
        _unreachable(slack)
    except SlackError as refused:
        raise StartupError(
            f"Slack refuses SLACK_BOT_TOKEN ({refused.code}): copy the bot token (xoxb-...) again from "
            "OAuth & Permissions on your app's page at api.slack.com/apps."
        ) from None
    if not (me.get("team_id") and me.get("user_id")):
        _unreachable(slack)
    return Identity(
        str(me["team_id"]),
        str(me["user_id"]),
        str(me.get("bot_id") or ""),
        str(me.get("url") or ""),
        str(me.get("enterprise_id") or ""),
        scopes,
    )


async def check_app_token(slack: AsyncWebClient, app_token: str) -> None:
    """Make sure that the app token works, by asking for an address at which nobody connects; SlackAway."""
    try:
        await ask_slack(slack.apps_connections_open(app_token=app_token), TIMEOUT_SECONDS)
    except SlackUnavailable:
        _unreachable(slack)
    except SlackError as refused:
        raise StartupError(
            f"Slack refuses SLACK_APP_TOKEN ({refused.code}): make an app-level token (xapp-...) with "
            "connections:write under Basic Information, and switch Socket Mode on for your app."
        ) from None


async def wait_for_slack(slack: AsyncWebClient, app_token: str | None, stopping: asyncio.Event) -> Identity:
    """Return who we are in Slack once it answers, however long that takes; a refusal stops the start."""
    try:
        return await check_slack(slack, app_token)
    except SlackAway as away:
        log_down(away)
        return await wait_until_back(away, partial(check_slack, slack, app_token), stopping)


def _unreachable(slack: AsyncWebClient) -> NoReturn:
    raise SlackAway(
        f"Slack at {slack.base_url} does not answer: check the network, a proxy or firewall, and "
        "SLACK_API_URL."
    ) from None


async def check_databricks(genie: Genie, host: str, space: Space, seconds: float) -> GenieSpace:
    """Make sure that the space is there and that we may use it; return it. DatabricksAway after `seconds`."""
    named = f"GENIE_SPACES {space.alias} ({space.id})" if space.alias else f"GENIE_SPACE {space.id}"
    try:
        async with asyncio.timeout(seconds):
            return await genie.space(space.id)
    except errors.SignInFailed as error:
        problem = (
            f"Databricks at {host} refuses our sign-in ({error.code}): check DATABRICKS_TOKEN, or "
            "DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET."
            if error.code
            else f"The sign-in to Databricks at {host} failed ({error.args[0]}): check "
            "DATABRICKS_HOST and the variables of its sign-in."
        )
    except errors.Forbidden as error:
        problem = (
            "Databricks says that the token lacks the scope for Genie: give it the scope genie or all-apis."
            if error.missing_scope
            else f"{named} may not be used by this identity: ask the space's owner for CAN RUN."
        )
    except errors.NotEnabled:
        problem = f"The Genie API is not enabled at {host}: ask a workspace admin, or check DATABRICKS_HOST."
    except (errors.NotFound, errors.BadRequest):
        problem = (
            f"{named} does not exist at {host}: copy the id that follows /genie/rooms/ in the "
            "browser, or check DATABRICKS_HOST."
        )
    except NotStored:
        raise DatabricksAway("Redis does not answer, without which Databricks is not asked.") from None
    except (errors.GenieError, TimeoutError):
        raise DatabricksAway(
            f"Databricks at {host} does not answer as it should: check DATABRICKS_HOST and the network."
        ) from None
    raise StartupError(problem)
