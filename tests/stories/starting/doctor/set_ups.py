"""Broken set-ups of Slack, of the clock and of the settings, and what is said about each."""

import asyncio
from dataclasses import replace

from redis.asyncio import Redis

from bot.doctor.model import Level
from bot.store.keys import Keys
from bot.store.processes import Connections, ProcessStore
from sandbox.faults import Fault
from sandbox.slack.state.settings import SCOPES, Settings
from tests.stories.starting.doctor.office import SetUp
from tests.stories.world import PATIENT_SLACK, World

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""
PEOPLE = {
    "IDENTITY": "user",
    "PUBLIC_URL": NOBODY,
    "DATABRICKS_OAUTH_CLIENT_ID": "an-app",
    "TOKEN_ENCRYPTION_KEYS": "A" * 43,
}
HTTP = replace(PATIENT_SLACK, mode="http", signing_secret="0123456789abcdef" * 2)


def without(*scopes: str) -> Settings:
    """Return a Slack that did not grant scopes."""
    return replace(PATIENT_SLACK, scopes=SCOPES - {*scopes})


def refusing(method: str, error: str) -> Fault:
    """Let Slack refuse every call of a method."""
    return Fault(path=f"/api/{method}", status=200, body=f'{{"ok": false, "error": "{error}"}}', times=None)


async def revoke(world: World, _redis: "Redis") -> None:
    """Take the bot's token back, as when the app is removed from the workspace."""
    world.slack.faults.add(refusing("auth.test", "token_revoked"))


async def take_connections_write(world: World, _redis: "Redis") -> None:
    """Make an app token without the scope of Socket Mode."""
    world.slack.faults.add(refusing("apps.connections.open", "missing_scope"))


async def hang(world: World, _redis: "Redis") -> None:
    """Let Slack take connections and answer nothing."""
    world.slack.faults.add(Fault(path="/api/*", delay=60.0, times=None))


async def connect_twice(world: World, redis: "Redis") -> None:
    """Let the bot find another installation at its start."""
    processes = ProcessStore(redis, Keys(world.environment["REDIS_PREFIX"]), "bot", "app")
    await processes.note_connections(Connections(2, 1, strangers=True))


async def connect_anew(world: World, redis: "Redis") -> None:
    """Let Slack count a connection that may only have broken."""
    processes = ProcessStore(redis, Keys(world.environment["REDIS_PREFIX"]), "bot", "app")
    await processes.note_connections(Connections(2, 1, strangers=False))


async def stop_the_bot(world: World, redis: "Redis") -> None:
    """Let no process be alive."""
    await redis.delete(Keys(world.environment["REDIS_PREFIX"]).processes)


async def run_as_somebody_else(world: World, redis: "Redis") -> None:
    """Let a replica run with another IDENTITY."""
    await ProcessStore(redis, Keys(world.environment["REDIS_PREFIX"]), "other", "user").beat()


async def subscribe_to_no_reactions(world: World, redis: "Redis") -> None:
    """Let events of two kinds have never come."""
    keys = Keys(world.environment["REDIS_PREFIX"])
    await redis.delete(keys.heard("reaction_added"), keys.heard("message.groups"))


async def hear_nothing(world: World, redis: "Redis") -> None:
    """Let no event have come at all."""
    keys = [key async for key in redis.scan_iter(match=f"*{world.environment['REDIS_PREFIX']}*heard*")]
    await asyncio.gather(*(redis.delete(key) for key in keys))


OF_SETTINGS = (
    SetUp(
        name="a user's token in the place of the bot's",
        check="settings",
        says=("SLACK_BOT_TOKEN does not start with xoxb-", "OAuth & Permissions"),
        environment={"SLACK_BOT_TOKEN": "xoxp-1"},
    ),
    SetUp(
        name="a bot token in the place of the app's",
        check="settings",
        says=("SLACK_APP_TOKEN does not start with xapp-", "connections:write"),
        environment={"SLACK_APP_TOKEN": "xoxb-1"},
    ),
    SetUp(
        name="no way in for Slack",
        check="settings",
        says=("SLACK_APP_TOKEN is not set, and neither is SLACK_SIGNING_SECRET", "Basic Information"),
        environment={"SLACK_APP_TOKEN": ""},
    ),
    SetUp(
        name="a redirect over plain http",
        check="settings",
        says=("PUBLIC_URL is plain http", "https"),
        environment=PEOPLE | {"PUBLIC_URL": "http://bot.example.com"},
    ),
    SetUp(
        name="a bad key",
        check="settings",
        says=("TOKEN_ENCRYPTION_KEYS has a key that is not 32 bytes", "bot.config.make_key"),
        environment=PEOPLE | {"TOKEN_ENCRYPTION_KEYS": "short"},
    ),
)

OF_SLACK = (
    SetUp(
        name="a token of another workspace",
        check="slack.bot_token",
        says=("refuses SLACK_BOT_TOKEN (invalid_auth)", "copy the bot token", "OAuth & Permissions"),
        environment={"SLACK_BOT_TOKEN": "xoxb-other"},
    ),
    SetUp(
        name="a revoked token",
        check="slack.bot_token",
        says=("refuses SLACK_BOT_TOKEN (token_revoked)", "copy the bot token"),
        breaks=revoke,
    ),
    SetUp(
        name="an app token without its scope",
        check="slack.app_token",
        says=("refuses SLACK_APP_TOKEN (missing_scope)", "connections:write"),
        breaks=take_connections_write,
    ),
    SetUp(
        name="tokens of two apps",
        check="slack.app_token",
        says=("is of the app A0OTHER001 and SLACK_BOT_TOKEN of A0GENIE001", "copy both"),
        slack=replace(PATIENT_SLACK, app_token="xapp-1-A0OTHER001-1-sandbox"),
    ),
    SetUp(
        name="a scope without which nothing is answered",
        check="slack.scopes",
        says=("lacks the scope chat:write", "nothing can be answered", "install it again"),
        slack=without("chat:write"),
    ),
    SetUp(
        name="an optional scope",
        check="slack.scopes",
        level=Level.YELLOW,
        says=("lacks the scope channels:read", "who can read along", "install it again"),
        slack=without("channels:read"),
    ),
    SetUp(
        name="no addresses where people sign in",
        check="slack.scopes",
        says=("users:read.email", "nobody can sign in", "manifest.yml"),
        slack=without("users:read.email"),
        environment=PEOPLE,
    ),
    SetUp(
        name="a token in the place of the signing secret",
        check="slack.signing_secret",
        says=("SLACK_SIGNING_SECRET is not 32 hexadecimal digits", "Basic Information"),
        slack=HTTP,
        environment={"SLACK_SIGNING_SECRET": "xoxb-1"},
    ),
    SetUp(
        name="a channel for feedback without the bot",
        check="slack.feedback_channel",
        says=("no member of FEEDBACK_CHANNEL C0RANDOM03", "invite"),
        environment={"FEEDBACK_CHANNEL": "C0RANDOM03"},
    ),
    SetUp(
        name="a channel for feedback that is none",
        check="slack.feedback_channel",
        says=("C0NOBODY99 does not exist", "copy its id"),
        environment={"FEEDBACK_CHANNEL": "C0NOBODY99"},
    ),
    SetUp(
        name="a channel for feedback that is closed",
        check="slack.feedback_channel",
        says=("C0ATTIC005 is archived", "choose another"),
        environment={"FEEDBACK_CHANNEL": "C0ATTIC005"},
    ),
    SetUp(
        name="no way to Slack",
        check="network.slack",
        says=("No connection to 127.0.0.1 on port 9", "firewall"),
        environment={"SLACK_API_URL": f"{NOBODY}/api/"},
    ),
    SetUp(
        name="a name without an address",
        check="network.slack",
        says=("no-such-slack.invalid has no address", "DNS"),
        environment={"SLACK_API_URL": "https://no-such-slack.invalid/api/"},
    ),
    SetUp(
        name="a Slack that answers nothing",
        check="slack.bot_token",
        says=("No answer within", "check the network"),
        breaks=hang,
        seconds=0.5,
    ),
    SetUp(
        name="another installation on the same app token",
        check="slack.connections",
        says=("counts 2 connections of the app, and 1 of them", "Stop it, or give it an app of its own"),
        breaks=connect_twice,
    ),
    SetUp(
        name="perhaps another installation",
        check="slack.connections",
        level=Level.YELLOW,
        says=("counted 2 connections", "look again"),
        breaks=connect_anew,
    ),
    SetUp(
        name="no bot",
        check="slack.connections",
        level=Level.YELLOW,
        says=("No process of the bot runs", "start it"),
        breaks=stop_the_bot,
    ),
    SetUp(
        name="replicas of two identities",
        check="identity",
        says=("another IDENTITY than here", "give all the same one"),
        breaks=run_as_somebody_else,
    ),
    SetUp(
        name="a subscription that is missing",
        check="slack.events",
        level=Level.YELLOW,
        says=("not sent message.groups, reaction_added within", "Event Subscriptions"),
        breaks=subscribe_to_no_reactions,
    ),
    SetUp(
        name="no event at all",
        check="slack.events",
        level=Level.YELLOW,
        says=("Nothing has come from Slack", "mention it in a channel"),
        breaks=hear_nothing,
    ),
    SetUp(
        name="a clock that is ahead",
        check="clock",
        level=Level.YELLOW,
        says=("seconds ahead of that of Slack", "NTP"),
        clock_off=100.0,
    ),
    SetUp(
        name="a clock with which no signature holds",
        check="clock",
        says=("seconds behind that of Slack", "bot refuses", "NTP"),
        slack=HTTP,
        clock_off=-400.0,
    ),
)
