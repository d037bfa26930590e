"""Checks of Slack, Databricks and Redis at start; a failure says what the operator should check."""

import asyncio
from dataclasses import dataclass
from typing import NoReturn

from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.errors import StartupError
from bot.slack.api import SlackError, SlackUnavailable, ask_slack
from genie import errors
from genie.client import Genie
from genie.model import Space

TIMEOUT_SECONDS = 10.0
"""For each service."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack."""

    team: str
    bot_user: str
    bot_id: str
    url: str


async def check_redis(redis: "Redis", where: str) -> None:
    """Make sure that Redis answers; `where` is its address without a password."""
    try:
        await asyncio.wait_for(redis.ping(), TIMEOUT_SECONDS)
    except (RedisError, OSError, TimeoutError) as error:
        raise StartupError(_redis_problem(error, where)) from None


def _redis_problem(error: Exception, where: str) -> str:
    # redis-py wraps what happens while it connects.
    if isinstance(error, AuthenticationError) or isinstance(error.__cause__, AuthenticationError):
        return f"Redis at {where} refuses the name or password: check REDIS_URL."
    if isinstance(error, ResponseError):
        return f"Redis at {where} refuses us: check the user in REDIS_URL and what it may do."
    return (
        f"Redis at {where} does not answer: check REDIS_URL and that the server runs, "
        "or unset it to use the bot's own store."
    )


async def check_slack(slack: AsyncWebClient, app_token: str | None) -> Identity:
    """Make sure that both tokens work, and learn who we are."""
    try:
        me = await asyncio.wait_for(ask_slack(slack.auth_test()), TIMEOUT_SECONDS)
    except (SlackUnavailable, TimeoutError):
        _unreachable(slack)
    except SlackError as refused:
        raise StartupError(
            f"Slack refuses SLACK_BOT_TOKEN ({refused.code}): copy the bot token (xoxb-...) again from "
            "OAuth & Permissions on your app's page at api.slack.com/apps."
        ) from None
    if not (me.get("team_id") and me.get("user_id")):
        _unreachable(slack)
    if app_token:
        await _check_app_token(slack, app_token)
    return Identity(
        str(me["team_id"]), str(me["user_id"]), str(me.get("bot_id") or ""), str(me.get("url") or "")
    )


async def _check_app_token(slack: AsyncWebClient, app_token: str) -> None:
    try:
        await asyncio.wait_for(ask_slack(slack.apps_connections_open(app_token=app_token)), TIMEOUT_SECONDS)
    except (SlackUnavailable, TimeoutError):
        _unreachable(slack)
    except SlackError as refused:
        raise StartupError(
            f"Slack refuses SLACK_APP_TOKEN ({refused.code}): make an app-level token (xapp-...) with "
            "connections:write under Basic Information, and switch Socket Mode on for your app."
        ) from None


def _unreachable(slack: AsyncWebClient) -> NoReturn:
    raise StartupError(
        f"Slack at {slack.base_url} does not answer: check the network, a proxy or firewall, and "
        "SLACK_API_URL."
    ) from None


async def check_databricks(genie: Genie, host: str, space: str) -> Space:
    """Make sure that the space is there and that we may use it; return it."""
    try:
        return await asyncio.wait_for(genie.space(space), TIMEOUT_SECONDS)
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
            else f"GENIE_SPACE {space} may not be used by this identity: ask the space's owner for CAN RUN."
        )
    except errors.NotEnabled:
        problem = f"The Genie API is not enabled at {host}: ask a workspace admin, or check DATABRICKS_HOST."
    except (errors.NotFound, errors.BadRequest):
        problem = (
            f"GENIE_SPACE {space} does not exist at {host}: copy the id that follows /genie/rooms/ in the "
            "browser, or check DATABRICKS_HOST."
        )
    except (errors.GenieError, TimeoutError):
        problem = f"Databricks at {host} does not answer as it should: check DATABRICKS_HOST and the network."
    raise StartupError(problem)
