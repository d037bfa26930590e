"""Posting, editing and deleting, with everything that follows: page, events, status, thread counts."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.slack.blocks.check import elements, walk
from sandbox.slack.operations import events
from sandbox.slack.platform import Platform
from sandbox.slack.state.records import Blocks, Message, Session

SLACKBOT, TOMBSTONE, TOMBSTONE_TEXT = "USLACKBOT", "tombstone", "This message was deleted."
"""What Slack puts in the place of a deleted message that has replies: https://github.com/42wim/matterbridge/issues/600"""
_INTERACTIVE = frozenset(
    {"plain_text_input", "button", "overflow", "static_select", "feedback_buttons", "icon_button"}
)


def post(platform: Platform, message: Message) -> Message:
    """Store a new message and tell everybody."""
    platform.workspace.store(message)
    if message.bot_id is not None and message.thread_ts is not None:
        clear_status(platform, message.channel, message.thread_ts)
    _tell(platform, "message", message)
    _retell_root(platform, message)
    events.message_posted(platform, message)
    return message


def edit(platform: Platform, message: Message, **fields: Any) -> Message:
    """Change a message and tell everybody."""
    after = platform.workspace.change(message, **fields)
    _tell(platform, "message_changed", after)
    events.message_changed(platform, message, after)
    return after


def remove(platform: Platform, message: Message) -> None:
    """Delete a message and tell everybody; above replies a tombstone stays until the last of them goes."""
    workspace = platform.workspace
    if message.is_root and workspace.replies(message.channel, message.ts):
        stone = Message(message.ts, message.channel, SLACKBOT, TOMBSTONE_TEXT, subtype=TOMBSTONE)
        _tell(platform, "message_changed", workspace.store(stone))
        events.message_changed(platform, message, stone)
        return
    del workspace.messages[message.channel][message.ts]
    thread = {} if message.is_root else {"thread_ts": message.thread_ts}
    platform.changes.publish(type="message_deleted", channel=message.channel, ts=message.ts, **thread)
    _retell_root(platform, message)
    events.message_deleted(platform, message)
    root = workspace.messages[message.channel].get(message.thread_ts or "")
    if root and root.subtype == TOMBSTONE and not workspace.replies(root.channel, root.ts):
        remove(platform, root)


def show_ephemeral(platform: Platform, message: Message) -> Message:
    """Show an ephemeral message to one person, or show it again when it was changed."""
    kept = [each for each in platform.workspace.ephemerals if each.ts != message.ts]
    platform.workspace.ephemerals[:] = [*kept, message]
    platform.changes.publish(
        type="ephemeral",
        channel=message.channel,
        thread_ts=message.thread_ts,
        user=message.for_user,
        message=platform.message_object(message),
    )
    return message


def delete_ephemeral(platform: Platform, message: Message) -> None:
    """Take an ephemeral message away."""
    kept = [each for each in platform.workspace.ephemerals if each.ts != message.ts]
    platform.workspace.ephemerals[:] = kept
    platform.changes.publish(
        type="ephemeral_deleted", channel=message.channel, ts=message.ts, user=message.for_user
    )


def from_bot(platform: Platform, channel: str, text: str, **fields: Any) -> Message:
    """Make a message of the app, not yet posted."""
    workspace = platform.workspace
    message = Message(
        workspace.next_ts(), channel, workspace.bot_user_id, text, bot_id=workspace.bot_id, **fields
    )
    return replace(message, blocks=with_ids(message.blocks))


def set_status(platform: Platform, channel: str, thread_ts: str, status: str) -> None:
    """Show or clear what the app says it is doing in a thread."""
    platform.workspace.statuses[channel, thread_ts] = status
    platform.changes.publish(type="status", channel=channel, thread_ts=thread_ts, status=status)


def clear_status(platform: Platform, channel: str, thread_ts: str) -> None:
    """Clear a status if there is one."""
    if platform.workspace.statuses.get((channel, thread_ts)):
        set_status(platform, channel, thread_ts, "")


def set_session(platform: Platform, channel: str, thread_ts: str, session: Session) -> None:
    """Show how far the app's session in a thread is; people see only whether it works."""
    platform.workspace.sessions[channel, thread_ts] = session
    line = "is working…" if session.status == "processing" else ""
    platform.changes.publish(type="status", channel=channel, thread_ts=thread_ts, status=line)


def with_ids(blocks: Blocks) -> Blocks:
    """Give blocks the ids that Slack makes up when the app gave none; markdown blocks keep none."""
    copies = [_copy(block) for block in blocks]
    for block in walk(copies):
        if block.get("type") == "markdown":
            block.pop("block_id", None)
        else:
            block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element in elements(block):
            if element.get("type") in _INTERACTIVE:
                element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return tuple(copies)


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(part) for key, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list | tuple) else value


def _tell(platform: Platform, type_: str, message: Message) -> None:
    thread = {} if message.is_root else {"thread_ts": message.thread_ts}
    form = platform.message_object(message)
    platform.changes.publish(type=type_, channel=message.channel, message=form, **thread)


def _retell_root(platform: Platform, message: Message) -> None:
    root = platform.workspace.messages[message.channel].get(message.thread_ts or "")
    if root is not None and not message.is_root:
        _tell(platform, "message_changed", root)
