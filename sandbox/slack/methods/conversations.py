"""`conversations.*`: which channels there are, who is in them, what was said.

https://docs.slack.dev/reference/methods/conversations.replies
"""

from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments, page_of
from sandbox.slack.methods.method import (
    Method,
    described_channel,
    history_scope,
    read_scope,
    require_scope,
    seen_channel,
)
from sandbox.slack.platform import Platform
from sandbox.slack.state.objects import channel_object
from sandbox.slack.state.records import Channel, Message

_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def list_(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """List the channels that the bot may know of."""
    types = {each.strip() for each in (arguments.text("types") or "public_channel").split(",")}
    if not types <= _TYPES.keys():
        raise SlackError("invalid_types")
    wanted = {_TYPES[each] for each in types}
    for kind in sorted(wanted):
        require_scope(platform, read_scope(kind))
    workspace = platform.workspace
    found = [
        _with_number(channel_object(workspace, channel), channel)
        for channel in workspace.channels.values()
        if channel.kind in wanted
        and (channel.kind == "channel" or workspace.bot_user_id in channel.members)
        and not (arguments.flag("exclude_archived") and channel.is_archived)
    ]
    page, cursor = page_of(found, arguments.text("cursor"), arguments.integer("limit", 100, 1_000))
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def info(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Describe one channel; the number of its members is told to who asks for it."""
    channel = described_channel(platform, arguments)
    form = channel_object(platform.workspace, channel)
    return {"channel": _with_number(form, channel) if arguments.flag("include_num_members") else form}


def open_(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Give the direct message with one person."""
    users = [user for user in arguments.text("users").split(",") if user]
    if arguments.text("channel"):
        channel = seen_channel(platform, arguments)
    elif len(users) == 1:
        if platform.workspace.user(users[0]).deleted:
            raise SlackError("user_disabled")
        channel = platform.workspace.direct(users[0])
    else:
        raise SlackError("users_list_not_supplied" if not users else "not_enough_users")
    form = channel_object(platform.workspace, channel)
    return {"channel": form if arguments.flag("return_im") else {"id": channel.id}}


def join(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Let the bot join a public channel."""
    channel = seen_channel(platform, arguments)
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(platform.workspace.bot_user_id)
    return {"channel": channel_object(platform.workspace, channel)}


def members(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """List who is in a channel, the app and people of other companies included."""
    channel = described_channel(platform, arguments)
    limit = arguments.integer("limit", 100, 1_000)
    page, cursor = page_of(sorted(channel.members), arguments.text("cursor"), limit)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def history(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Give the messages of a channel, newest first, without replies."""
    channel = _readable(platform, arguments)
    newest_first = platform.workspace.roots(channel)[::-1]
    return _page(platform, arguments, newest_first)


def replies(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Give a thread, root first; the root comes on every page."""
    channel = _readable(platform, arguments)
    ts = arguments.required("ts")
    found = platform.workspace.messages[channel].get(ts)
    root = None if found is None else platform.workspace.messages[channel].get(found.thread_ts or ts)
    if root is None:
        raise SlackError("thread_not_found")
    answers = _page(platform, arguments, platform.workspace.replies(channel, root.ts))
    metadata = arguments.flag("include_all_metadata")
    first = platform.message_object(root, metadata=metadata)
    return answers | {"messages": [first, *answers["messages"]]}


def _with_number(form: dict[str, Any], channel: Channel) -> dict[str, Any]:
    return form if channel.is_im else form | {"num_members": len(channel.members)}


def _readable(platform: Platform, arguments: Arguments) -> str:
    channel = seen_channel(platform, arguments)
    require_scope(platform, history_scope(channel))
    if platform.workspace.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel.id


def _page(platform: Platform, arguments: Arguments, found: list[Message]) -> dict[str, Any]:
    oldest, latest = arguments.text("oldest") or "0", arguments.text("latest") or "9" * 12
    closed = arguments.flag("inclusive")
    inside = [
        message
        for message in found
        if float(oldest) < float(message.ts) < float(latest) or (closed and message.ts in (oldest, latest))
    ]
    page, cursor = page_of(inside, arguments.text("cursor"), arguments.integer("limit", 100, 1_000))
    metadata = arguments.flag("include_all_metadata")
    answer: dict[str, Any] = {
        "messages": [platform.message_object(message, metadata=metadata) for message in page],
        "has_more": bool(cursor),
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


METHODS = {
    "conversations.list": Method(list_, "tier2", takes_json=False),
    "conversations.info": Method(info, "tier3", takes_json=False),
    "conversations.open": Method(open_, "tier3", "im:write"),
    "conversations.join": Method(join, "tier3", "channels:join"),
    "conversations.members": Method(members, "tier4", takes_json=False),
    "conversations.history": Method(history, "tier3", takes_json=False),
    "conversations.replies": Method(replies, "tier3", takes_json=False),
}
