"""Ways to show that something is going on: reactions and the status line of a thread.

https://docs.slack.dev/reference/methods/assistant.threads.setStatus
"""

import asyncio
from typing import Any

from sandbox.slack import messages
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.methods.method import Method, open_channel
from sandbox.slack.people import react
from sandbox.slack.platform import Platform

LOADING_MESSAGES = 10


def add_reaction(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """React as the app."""
    return _react(platform, arguments, add=True)


def remove_reaction(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Take the app's reaction back."""
    return _react(platform, arguments, add=False)


def set_status(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Show what the app is doing in a thread, for two minutes or until it posts there."""
    channel = open_channel(platform, arguments, "channel_id")
    thread_ts = arguments.required("thread_ts")
    if thread_ts not in platform.workspace.messages[channel.id]:
        raise SlackError("invalid_thread_ts")
    loading = arguments.data("loading_messages", "invalid_arguments") or []
    if "status" not in arguments or len(loading) > LOADING_MESSAGES:
        raise SlackError("invalid_arguments")
    status = arguments.text("status")
    messages.set_status(platform, channel.id, thread_ts, status)
    if status:
        platform.outbox.background(_fade(platform, channel.id, thread_ts, status))
    return {}


def set_session_status(_platform: Platform, _arguments: Arguments) -> dict[str, Any]:
    """Refuse: this app is not declared an agent."""
    raise SlackError("access_denied")


def _react(platform: Platform, arguments: Arguments, *, add: bool) -> dict[str, Any]:
    name = arguments.required("name").strip(":")
    channel = open_channel(platform, arguments)
    message = platform.workspace.message(channel.id, arguments.required("timestamp"))
    react(platform, message, platform.workspace.bot_user_id, name, add=add)
    return {}


async def _fade(platform: Platform, channel: str, thread_ts: str, status: str) -> None:
    await asyncio.sleep(platform.settings.status_life)
    if platform.workspace.statuses.get((channel, thread_ts)) == status:
        messages.clear_status(platform, channel, thread_ts)


METHODS = {
    "reactions.add": Method(add_reaction, "tier3", "reactions:write"),
    "reactions.remove": Method(remove_reaction, "tier2", "reactions:write"),
    "assistant.threads.setStatus": Method(set_status, "status", "chat:write"),
    "agents.sessions.setStatus": Method(set_session_status, "tier3", "chat:write"),
}
