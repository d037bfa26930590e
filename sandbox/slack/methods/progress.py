"""Ways to show that something is going on: reactions and the status line of a thread.

https://docs.slack.dev/reference/methods/assistant.threads.setStatus
https://docs.slack.dev/reference/methods/agents.sessions.setStatus
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments
from sandbox.slack.methods.method import Method, open_channel
from sandbox.slack.operations import messages
from sandbox.slack.operations.user_actions import react
from sandbox.slack.platform import Platform
from sandbox.slack.state.records import Channel, Session

LOADING_MESSAGES = 10
SESSION_TITLE = 200
SESSION_STATUSES = ("active", "processing", "suspended", "closed")
UNSTOPPABLE = "missing_agent_session_stopped_event_subscription"


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
    calls = platform.workspace.status_calls
    calls[channel.id, thread_ts] += 1
    if status:
        call = calls[channel.id, thread_ts]

        def fade() -> None:
            if calls[channel.id, thread_ts] == call:
                messages.clear_status(platform, channel.id, thread_ts)

        platform.outbox.background(_after(platform.settings.status_life, fade))
    return {}


def set_session_status(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Show how far an agent is in a thread; `processing` lasts an hour, and a post does not end it."""
    if not platform.settings.agent:
        raise SlackError("access_denied")
    status = arguments.required("status")
    if status not in SESSION_STATUSES:
        raise SlackError("invalid_arguments", messages=("[ERROR] must be a valid enum value",))
    channel = open_channel(platform, arguments, "channel_id")
    thread_ts = arguments.required("thread_ts")
    if thread_ts not in platform.workspace.messages[channel.id]:
        raise SlackError("invalid_thread_ts")
    before = platform.workspace.sessions.get((channel.id, thread_ts))
    session = replace(before, status=status) if before else _opened(arguments, channel, status)
    messages.set_session(platform, channel.id, thread_ts, session)
    if status == "processing":

        def idle() -> None:
            if platform.workspace.sessions[channel.id, thread_ts] is session:
                messages.set_session(platform, channel.id, thread_ts, replace(session, status="active"))

        platform.outbox.background(_after(platform.settings.session_life, idle))
    warned = {} if "agent_session_stopped" in platform.settings.events else {"warning": UNSTOPPABLE}
    return {"status": status, "title": session.title} | warned


def _opened(arguments: Arguments, channel: Channel, status: str) -> Session:
    title, initiator = arguments.text("title"), arguments.text("initiator_user_id")
    if len(title) > SESSION_TITLE or (initiator and initiator not in channel.members):
        raise SlackError("invalid_arguments")
    return Session(status, title)


def _react(platform: Platform, arguments: Arguments, *, add: bool) -> dict[str, Any]:
    name = arguments.required("name").strip(":")
    channel = open_channel(platform, arguments)
    message = platform.workspace.message(channel.id, arguments.required("timestamp"))
    react(platform, message, platform.workspace.bot_user_id, name, add=add)
    return {}


async def _after(seconds: float, happens: Callable[[], None]) -> None:
    await asyncio.sleep(seconds)
    happens()


METHODS = {
    "reactions.add": Method(add_reaction, "tier3", "reactions:write"),
    "reactions.remove": Method(remove_reaction, "tier2", "reactions:write"),
    "assistant.threads.setStatus": Method(set_status, "status", "chat:write"),
    "agents.sessions.setStatus": Method(set_session_status, "tier3", "chat:write"),
}
