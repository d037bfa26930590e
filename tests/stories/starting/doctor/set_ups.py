"""Broken set-ups of Slack, of the clock and of the settings, and what is said about each."""

import asyncio
from dataclasses import replace

from redis.asyncio import Redis

from bot.store.availability.processes import Connections, ProcessStore
from sandbox.faults import Fault
from sandbox.slack.state.settings import AGENT_EVENTS, AGENT_SCOPES, SCOPES, Settings
from tests.stories.starting.doctor.office import Breaks, SetUp, keys, red, yellow
from tests.stories.world import PATIENT_SLACK, World

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""
PEOPLE = {
    "IDENTITY": "user",
    "PUBLIC_URL": NOBODY,
    "DATABRICKS_OAUTH_CLIENT_ID": "an-app",
    "TOKEN_ENCRYPTION_KEYS": "A" * 43,
}
AGENT = replace(PATIENT_SLACK, agent=True, scopes=AGENT_SCOPES, events=AGENT_EVENTS)
HTTP = replace(PATIENT_SLACK, mode="http", signing_secret="0123456789abcdef" * 2)


def without(*scopes: str) -> Settings:
    """Return a Slack that did not grant scopes."""
    return replace(PATIENT_SLACK, scopes=SCOPES - {*scopes})


def refusing(method: str, error: str) -> Fault:
    """Let Slack refuse every call of a method."""
    return Fault(path=f"/api/{method}", status=200, body=f'{{"ok": false, "error": "{error}"}}', times=None)


def faulty(fault: Fault) -> Breaks:
    """Return what makes Slack answer so."""

    async def add(world: World, _redis: "Redis") -> None:
        world.slack.faults.add(fault)

    return add


def count_two_connections(*, strangers: bool) -> Breaks:
    """Return what notes that Slack counts another connection: a stranger's, or perhaps one that broke."""

    async def note(world: World, redis: "Redis") -> None:
        processes = ProcessStore(redis, keys(world), "bot", "app")
        await processes.note_connections(Connections(2, 1, strangers=strangers))

    return note


async def leave_the_data_team(world: World, _redis: "Redis") -> None:
    """Let nobody be in a user group."""
    world.slack.workspace.user_groups["S0DATATEAM"].users.clear()


async def stop_the_bot(world: World, redis: "Redis") -> None:
    """Let no process be alive."""
    await redis.delete(keys(world).processes)


async def run_as_somebody_else(world: World, redis: "Redis") -> None:
    """Let a replica run with another IDENTITY."""
    await ProcessStore(redis, keys(world), "other", "user").beat()


async def subscribe_to_no_reactions(world: World, redis: "Redis") -> None:
    """Let events of two kinds have never come."""
    await redis.delete(keys(world).heard("reaction_added"), keys(world).heard("message.groups"))


async def hear_nothing(world: World, redis: "Redis") -> None:
    """Let no event have come at all."""
    heard = [key async for key in redis.scan_iter(match=f"*{world.environment['REDIS_PREFIX']}*heard*")]
    await asyncio.gather(*(redis.delete(key) for key in heard))


OF_SETTINGS = (
    SetUp(
        "a user's token in the place of the bot's",
        red("settings", "SLACK_BOT_TOKEN does not start with xoxb-", "OAuth & Permissions"),
        environment={"SLACK_BOT_TOKEN": "xoxp-1"},
    ),
    SetUp(
        "a bot token in the place of the app's",
        red("settings", "SLACK_APP_TOKEN does not start with xapp-", "connections:write"),
        environment={"SLACK_APP_TOKEN": "xoxb-1"},
    ),
    SetUp(
        "no way in for Slack",
        red(
            "settings", "SLACK_APP_TOKEN is not set, and neither is SLACK_SIGNING_SECRET", "Basic Information"
        ),
        environment={"SLACK_APP_TOKEN": ""},
    ),
    SetUp(
        "a redirect over plain http",
        red("settings", "PUBLIC_URL is plain http", "https"),
        environment=PEOPLE | {"PUBLIC_URL": "http://bot.example.com"},
    ),
    SetUp(
        "a bad key",
        red("settings", "TOKEN_ENCRYPTION_KEYS has a key that is not 32 bytes", "bot.config.make_key"),
        environment=PEOPLE | {"TOKEN_ENCRYPTION_KEYS": "short"},
    ),
)

OF_SLACK = (
    SetUp(
        "a token of another workspace",
        red(
            "slack.bot_token",
            "refuses SLACK_BOT_TOKEN (invalid_auth)",
            "copy the bot token",
            "OAuth & Permissions",
        ),
        environment={"SLACK_BOT_TOKEN": "xoxb-other"},
    ),
    SetUp(
        "a revoked token",
        red("slack.bot_token", "refuses SLACK_BOT_TOKEN (token_revoked)", "copy the bot token"),
        breaks=faulty(refusing("auth.test", "token_revoked")),
    ),
    SetUp(
        "an app token without its scope",
        red("slack.app_token", "refuses SLACK_APP_TOKEN (missing_scope)", "connections:write"),
        breaks=faulty(refusing("apps.connections.open", "missing_scope")),
    ),
    SetUp(
        "tokens of two apps",
        red("slack.app_token", "is of the app A0OTHER001 and SLACK_BOT_TOKEN of A0GENIE001", "copy both"),
        slack=replace(PATIENT_SLACK, app_token="xapp-1-A0OTHER001-1-sandbox"),
    ),
    SetUp(
        "a scope without which nothing is answered",
        red("slack.scopes", "lacks the scope chat:write", "nothing can be answered", "install it again"),
        slack=without("chat:write"),
    ),
    SetUp(
        "an optional scope",
        yellow("slack.scopes", "lacks the scope channels:read", "who can read along", "install it again"),
        slack=without("channels:read"),
    ),
    SetUp(
        "no addresses where people sign in",
        red("slack.scopes", "users:read.email", "nobody can sign in", "manifest.yml"),
        slack=without("users:read.email"),
        environment=PEOPLE,
    ),
    SetUp(
        "an agent that lacks a scope",
        red("slack.scopes", "lacks the scope chat:write", "renew the app from manifest-agent.yml"),
        slack=replace(AGENT, scopes=AGENT_SCOPES - {"chat:write"}),
    ),
    SetUp(
        "an agent, which guests cannot use that may ask",
        yellow("slack.manifest", "manifest-agent.yml", "hides agents from guests", "paste manifest.yml"),
        slack=AGENT,
        environment={"ALLOW_GUESTS": "true"},
    ),
    SetUp(
        "a user group that is disabled",
        red("slack.user_groups", "ADMINS names the user group S0FORMER01", "does not know", "copy its id"),
        environment={"ADMINS": "U0ADA00001,S0FORMER01"},
    ),
    SetUp(
        "a user group that may not be read",
        red("slack.user_groups", "S0FINANCE1 of ALLOWED_USERS (missing_scope)", "usergroups:read"),
        slack=without("usergroups:read"),
        environment={"ALLOWED_USERS": "S0FINANCE1"},
    ),
    SetUp(
        "a user group of nobody",
        yellow("slack.user_groups", "Nobody is in the user group S0DATATEAM of ADMINS", "add people"),
        environment={"ADMINS": "S0DATATEAM"},
        breaks=leave_the_data_team,
    ),
    SetUp(
        "a token in the place of the signing secret",
        red("slack.signing_secret", "SLACK_SIGNING_SECRET is not 32 hexadecimal digits", "Basic Information"),
        slack=HTTP,
        environment={"SLACK_SIGNING_SECRET": "xoxb-1"},
    ),
    SetUp(
        "a channel for feedback without the bot",
        red("slack.feedback_channel", "no member of FEEDBACK_CHANNEL C0RANDOM03", "invite"),
        environment={"FEEDBACK_CHANNEL": "C0RANDOM03"},
    ),
    SetUp(
        "a channel for feedback that is none",
        red("slack.feedback_channel", "C0NOBODY99 does not exist", "copy its id"),
        environment={"FEEDBACK_CHANNEL": "C0NOBODY99"},
    ),
    SetUp(
        "a channel of experts that is closed",
        red("slack.expert_channel", "EXPERT_CHANNEL C0ATTIC005 is archived", "choose another"),
        environment={"EXPERT_CHANNEL": "C0ATTIC005"},
    ),
    SetUp(
        "no way to Slack",
        red("network.slack", "No connection to 127.0.0.1 on port 9", "firewall"),
        environment={"SLACK_API_URL": f"{NOBODY}/api/"},
    ),
    SetUp(
        "a name without an address",
        red("network.slack", "no-such-slack.invalid has no address", "DNS"),
        environment={"SLACK_API_URL": "https://no-such-slack.invalid/api/"},
    ),
    SetUp(
        "a Slack that answers nothing",
        red("slack.bot_token", "No answer within", "check the network"),
        breaks=faulty(Fault(path="/api/*", delay=60.0, times=None)),
        seconds=0.5,
    ),
    SetUp(
        "another installation on the same app token",
        red(
            "slack.connections",
            "counts 2 connections of the app, and 1 of them",
            "Stop it, or give it an app of its own",
        ),
        breaks=count_two_connections(strangers=True),
    ),
    SetUp(
        "perhaps another installation",
        yellow("slack.connections", "counted 2 connections", "look again"),
        breaks=count_two_connections(strangers=False),
    ),
    SetUp(
        "no bot", yellow("slack.connections", "No process of the bot runs", "start it"), breaks=stop_the_bot
    ),
    SetUp(
        "replicas of two identities",
        red("identity", "another IDENTITY than here", "give all the same one"),
        breaks=run_as_somebody_else,
    ),
    SetUp(
        "a subscription that is missing",
        yellow("slack.events", "not sent message.groups, reaction_added within", "Event Subscriptions"),
        breaks=subscribe_to_no_reactions,
    ),
    SetUp(
        "no event at all",
        yellow("slack.events", "Nothing has come from Slack", "mention it in a channel"),
        breaks=hear_nothing,
    ),
    SetUp("a clock that is ahead", yellow("clock", "seconds ahead of that of Slack", "NTP"), clock_off=100.0),
    SetUp(
        "a clock with which no signature holds",
        red("clock", "seconds behind that of Slack", "bot refuses", "NTP"),
        slack=HTTP,
        clock_off=-400.0,
    ),
)
