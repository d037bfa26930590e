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


_PREFIXES = {"channel": "channels", "group": "groups", "mpim": "mpim", "im": "im"}


def require_scope(platform: Platform, *scopes: str) -> None:
    """Raise `missing_scope` when the app was granted none of these scopes."""
    if not platform.settings.scopes.intersection(scopes):
        provided = ",".join(sorted(platform.settings.scopes))
        raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)


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


def described_channel(platform: Platform, arguments: Arguments) -> Channel:
    """Find a channel whose description or members the app may read; each kind has a scope of its own."""
    require_scope(platform, *(f"{prefix}:read" for prefix in _PREFIXES.values()))
    channel = seen_channel(platform, arguments)
    require_scope(platform, read_scope(channel.kind))
    return channel


def read_scope(kind: str) -> str:
    """Give the scope that the description and the members of this kind of channel need."""
    return f"{_PREFIXES[kind]}:read"


def history_scope(channel: Channel) -> str:
    """Give the scope that reading this channel needs."""
    return f"{_PREFIXES[channel.kind]}:history"
