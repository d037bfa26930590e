"""Replies that came before their mention, which Slack had to send again: their thread was not ours yet.

https://docs.slack.dev/reference/methods/conversations.replies
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.slack.api import ask_slack, optional
from handlers.payloads.messages import Message

LOOK_SECONDS = 0.8
MOST = 20
SAME = ("channel", "channel_type", "is_ext_shared_channel")
"""What the event of a reply has of its mention's, and a message of the thread has not."""


async def early_replies(
    message: Message, body: Mapping[str, Any], context: AsyncBoltContext
) -> list[dict[str, Any]]:
    """Return what was written in a message's thread since, as the events that Slack has sent before."""
    call = context.client.conversations_replies(
        channel=message.place.channel, ts=message.place.thread or message.ts, oldest=message.ts, limit=MOST
    )
    thread = await optional(ask_slack(call), {}, LOOK_SECONDS)
    around = {name: body["event"][name] for name in SAME if name in body["event"]}
    return [
        {**body, "event": {**each, **around, "type": "message"}}
        for each in thread.get("messages") or ()
        if each.get("ts", "") > message.ts
    ]
