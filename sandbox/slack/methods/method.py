"""What the Web API knows about each of its methods."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments
from sandbox.slack.platform import Platform
from sandbox.slack.state.records import Channel

Handler = Callable[[Platform, Arguments], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what it does, how often it may be called, and with which token and scope."""

    handler: Handler
    tier: str
    scope: str | None = None
    takes_json: bool = True
    """Methods that only read take a query string or a form."""
    caller: str = "bot"
    """Whose token it takes: `bot`, `app` or `anyone` for none at all."""


def require_scope(platform: Platform, scope: str | None) -> None:
    """Raise `missing_scope` when the app was not granted this scope."""
    if scope is not None and scope not in platform.settings.scopes:
        provided = ",".join(sorted(platform.settings.scopes))
        raise SlackError("missing_scope", needed=scope, provided=provided)


def open_channel(platform: Platform, arguments: Arguments, name: str = "channel") -> Channel:
    """Find the channel of a call that changes something there: the bot is in it and it is not archived."""
    channel = seen_channel(platform, arguments, name)
    if platform.workspace.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def seen_channel(platform: Platform, arguments: Arguments, name: str = "channel") -> Channel:
    """Find a channel that the bot may know of; private ones exist only for their members."""
    channel = platform.workspace.channel(arguments.required(name))
    hidden = channel.kind != "channel" and platform.workspace.bot_user_id not in channel.members
    if hidden:
        raise SlackError("channel_not_found")
    return channel


def history_scope(channel: Channel) -> str:
    """Give the scope that reading this channel needs."""
    return {"channel": "channels:history", "group": "groups:history", "im": "im:history"}[channel.kind]
