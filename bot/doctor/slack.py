"""Looks at Slack: tokens, scopes, the channels for people who review, the signing secret."""

import re
from collections.abc import AsyncGenerator

from bot.config.errors import StartupError
from bot.doctor.model import Finding, green, red, yellow
from bot.doctor.surroundings import Surroundings
from bot.slack.api import MISSING_SCOPE, NOT_A_MEMBER, SlackError, SlackRefused, ask_slack
from bot.startup.away import SlackAway
from bot.startup.checks import check_app_token, check_bot_token
from bot.startup.scopes import AGENT, OPTIONAL_SCOPES, check_sign_in_scope
from render.words.operator import check_slack as words

APP_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
"""How an app token begins, with the id of its app."""


async def look_at_bot(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at the bot token, and at what can be seen with it."""
    try:
        me = await check_bot_token(around.slack)
    except (StartupError, SlackAway) as problem:
        yield red("slack.bot_token", str(problem))
        return
    yield green("slack.bot_token", words.bot_token(me.url))
    if me.scopes:
        yield _manifest(me.scopes, allow_guests=around.settings.allow_guests)
    for finding in _scopes(me.scopes, people_sign_in=around.settings.identity == "user"):
        yield finding
    if mixed := await _two_apps(around, me.bot_user):
        yield mixed
    if channel := around.settings.feedback_channel:
        yield await _channel(around, "slack.feedback_channel", "FEEDBACK_CHANNEL", channel)
    if channel := around.settings.expert_channel:
        yield await _channel(around, "slack.expert_channel", "EXPERT_CHANNEL", channel)


def _manifest(granted: frozenset[str], *, allow_guests: bool) -> Finding:
    """Tell which of the two manifests is installed, by the scope that agents alone have."""
    name = "slack.manifest"
    if AGENT not in granted:
        return green(name, words.PLAIN_APP)
    return yellow(name, words.AGENT_WITHOUT_GUESTS) if allow_guests else green(name, words.AGENT_APP)


def _scopes(granted: frozenset[str], *, people_sign_in: bool) -> list[Finding]:
    if not granted:
        return [yellow("slack.scopes", words.SCOPES_NOT_TOLD)]
    if people_sign_in:
        try:
            check_sign_in_scope(granted)
        except StartupError as problem:
            return [red("slack.scopes", str(problem))]
    manifest = words.AGENT_MANIFEST if AGENT in granted else words.MANIFEST
    missing = sorted(words.WITHOUT_SCOPE.keys() - granted)
    return [
        (yellow if scope in OPTIONAL_SCOPES else red)("slack.scopes", words.scope_missing(scope, manifest))
        for scope in missing
    ] or [green("slack.scopes", words.scopes(manifest))]


async def _two_apps(around: Surroundings, bot_user: str) -> Finding | None:
    """Compare the app that the app token names with the bot's own, where both are told."""
    token = around.settings.slack_app_token
    named = APP_TOKEN.match(token.get_secret_value()) if token else None
    try:
        told = await ask_slack(around.slack.users_info(user=bot_user)) if named else {}
    except SlackError:
        return None
    own = ((told.get("user") or {}).get("profile") or {}).get("api_app_id")
    if named and own and own != named[1]:
        return red("slack.app_token", words.two_apps(named[1], own))
    return None


async def _channel(around: Surroundings, name: str, setting: str, channel: str) -> Finding:
    """Look whether the bot may post in a channel that a setting names."""
    try:
        told = (await ask_slack(around.slack.conversations_info(channel=channel)))["channel"]
    except SlackRefused as refused:
        if refused.code == MISSING_SCOPE:
            return yellow(name, words.channel_not_seen(setting, channel))
        known = refused.code not in NOT_A_MEMBER
        return red(name, words.channel_refused(setting, channel, refused.code if known else ""))
    except SlackError as error:
        return yellow(name, words.channel_unknown(setting, channel, error.code))
    if told.get("is_archived"):
        return red(name, words.channel_archived(setting, channel))
    if told.get("is_member"):
        return green(name, words.member(setting))
    return red(name, words.not_a_member(setting, channel))


async def look_at_app_token(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at the app token by asking for the address of a connection, which nobody opens."""
    token = around.settings.slack_app_token
    if token is None:
        yield green("slack.app_token", words.HTTP_MODE)
        return
    try:
        await check_app_token(around.slack, token.get_secret_value())
    except (StartupError, SlackAway) as problem:
        yield red("slack.app_token", str(problem))
    else:
        yield green("slack.app_token", words.APP)


async def look_at_signing_secret(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look whether the signing secret can be one: whether it is the app's own shows with the first event."""
    secret = around.settings.slack_signing_secret
    if secret is None or around.settings.slack_app_token:
        return
    if re.fullmatch(r"[0-9a-f]{32}", secret.get_secret_value()):
        yield green("slack.signing_secret", words.SIGNING)
    else:
        yield red("slack.signing_secret", words.NO_SIGNING)
