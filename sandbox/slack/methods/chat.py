"""`chat.*`: post, edit, delete, and ephemeral messages.

https://docs.slack.dev/reference/methods/chat.postMessage
"""

import json
from dataclasses import replace
from typing import Any

from sandbox.slack.blocks.check import check_message
from sandbox.slack.errors import SlackError
from sandbox.slack.methods.arguments import Arguments
from sandbox.slack.methods.method import Method, open_channel, seen_channel
from sandbox.slack.operations import messages
from sandbox.slack.platform import Platform, now_ts
from sandbox.slack.state.records import Channel, Message

TEXT = 40_000
UPDATE_TEXT = 4_000
MARKDOWN_TEXT = 12_000
METADATA_BYTES = 8_000
"""Not documented; far more than an app should put there."""


def post_message(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Post as the app, into a channel or a thread; a reply may stand in the channel, too."""
    channel = _target(platform, arguments)
    wait = platform.rate_limiter.wait_for_post(channel.id)
    if wait:
        raise SlackError("ratelimited", retry_after=wait)
    content = _content(platform, arguments)
    thread_ts = _thread(platform, channel, arguments)
    broadcast = thread_ts and arguments.flag("reply_broadcast")
    subtype = "thread_broadcast" if broadcast else None
    made = messages.from_bot(platform, channel.id, thread_ts=thread_ts, subtype=subtype, **content)
    message = messages.post(platform, made)
    form = platform.message_object(message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": form}


def update(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Edit the app's own message; text without blocks removes the blocks, metadata stays."""
    channel = open_channel(platform, arguments)
    message = _own(platform, channel, arguments, "cant_update_message")
    if len(arguments.text("text")) > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    content = _content(platform, arguments)
    metadata = content.pop("metadata")
    if arguments.get("metadata") is not None:
        content["metadata"] = metadata or None
    if not content["text"]:
        content["text"] = message.text
    blocks = messages.with_ids(content.pop("blocks"))
    edited = None if blocks else {"user": message.user, "ts": now_ts()}
    after = messages.edit(platform, message, blocks=blocks, edited=edited, **content)
    form = platform.message_object(after, metadata=True)
    return {"channel": channel.id, "ts": after.ts, "text": after.text, "message": form}


def delete(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Delete the app's own message."""
    channel = open_channel(platform, arguments)
    message = _own(platform, channel, arguments, "cant_delete_message")
    messages.remove(platform, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Show something to one member of a channel."""
    channel = open_channel(platform, arguments)
    user = arguments.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = _content(platform, arguments)
    content.pop("metadata")
    thread_ts = _thread(platform, channel, arguments)
    made = messages.from_bot(platform, channel.id, thread_ts=thread_ts, **content)
    message = messages.show_ephemeral(platform, replace(made, for_user=user))
    return {"message_ts": message.ts}


def get_permalink(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Give the address of a message on the sandbox's page."""
    channel = seen_channel(platform, arguments)
    message = platform.workspace.message(channel.id, arguments.required("message_ts"))
    link = f"{platform.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if not message.is_root:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _target(platform: Platform, arguments: Arguments) -> Channel:
    if arguments.text("channel") in platform.workspace.users:
        return platform.workspace.direct(arguments.text("channel"))
    return open_channel(platform, arguments)


def _content(platform: Platform, arguments: Arguments) -> dict[str, Any]:
    """Check what a message would hold and give it as the fields of a `Message`."""
    blocks = arguments.data("blocks", "invalid_blocks_format")
    attachments = arguments.data("attachments", "invalid_attachments")
    text, markdown = arguments.text("text"), arguments.text("markdown_text")
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_TEXT:
            raise SlackError("msg_too_long")
        blocks, text = [{"type": "markdown", "text": markdown}], markdown
    check_message(blocks, attachments, platform.block_rules)
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    return {
        "text": text[:TEXT],
        "blocks": tuple(blocks or ()),
        "attachments": tuple(attachments or ()),
        "metadata": _metadata(arguments),
    }


def _metadata(arguments: Arguments) -> dict[str, Any] | None:
    metadata = arguments.data("metadata", "invalid_metadata_format")
    if metadata in (None, {}):
        return None
    known = isinstance(metadata, dict) and metadata.keys() == {"event_type", "event_payload"}
    if not known or not isinstance(metadata["event_payload"], dict) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return dict(metadata)


def _thread(platform: Platform, channel: Channel, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts")
    if not thread_ts:
        return None
    root = platform.workspace.messages[channel.id].get(thread_ts)
    if root is None:
        raise SlackError("thread_not_found")
    return root.thread_ts or root.ts


def _own(platform: Platform, channel: Channel, arguments: Arguments, error: str) -> Message:
    message = platform.workspace.message(channel.id, arguments.required("ts"))
    if message.bot_id != platform.workspace.bot_id:
        raise SlackError(error)
    return message


METHODS = {
    "chat.postMessage": Method(post_message, "special", "chat:write"),
    "chat.update": Method(update, "tier3", "chat:write"),
    "chat.delete": Method(delete, "tier3", "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "tier4", "chat:write"),
    "chat.getPermalink": Method(get_permalink, "special", takes_json=False),
}
