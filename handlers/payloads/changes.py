"""Parse the events of edited and deleted messages.

https://docs.slack.dev/reference/events/message/message_changed, /message_deleted
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.records.question import Surface
from genie.protocol.coerce import as_text
from handlers.payloads.envelope import installed_team, microseconds
from handlers.payloads.messages import Message, read_message, text_of

CHANGED, DELETED, TOMBSTONE = "message_changed", "message_deleted", "tombstone"
"""What stays of a deleted message with replies is a tombstone, into which it was changed."""
RECENT_MICROSECONDS = 10 * 60 * 1_000_000
"""A message so young may still be on its way as an event; Slack's last try is after about six minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An edit or a deletion of a message that may concern us, or did before."""

    message_id: str
    """The id of the question that the message may be."""
    ts: str
    """Of the change itself."""
    recent: bool
    """The message had been written only minutes before."""
    now: Message | None
    """None if it is deleted, or does not concern us any more."""
    before: Message | None
    """None if it did not concern us, or Slack does not tell."""

    @property
    def at(self) -> int:
        """Return when it was changed, in microseconds since 1970 by Slack's clock."""
        return microseconds(self.ts)

    @property
    def adds_mention(self) -> bool:
        """Whether the message mentions us only since this change."""
        mentions = self.now is not None and self.now.surface is Surface.MENTION
        return mentions and (self.before is None or self.before.surface is not Surface.MENTION)


def read_change(
    body: Mapping[str, Any], bot_user: str | None, allowed_bots: Collection[str] = ()
) -> Change | None:
    """Read an edit or a deletion; None if it does not concern us, or the message says what it said before."""
    event = body["event"]
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    message_ts = as_text(event.get("deleted_ts") or now.get("ts"))
    ours = bot_user in {now.get("user"), before.get("user")}
    if not message_ts or ours or before.get("subtype") == TOMBSTONE:
        return None
    deleted = event["subtype"] == DELETED or now.get("subtype") == TOMBSTONE
    if not deleted and before and text_of(now) == text_of(before):
        return None  # a preview of a link, a language that Slack recognised

    def read(message: Mapping[str, Any]) -> Message | None:
        shared = {name: event[name] for name in ("channel", "channel_type") if name in event}
        inner = {"type": "message", **message, **shared}
        return read_message({**body, "event": inner}, bot_user, allowed_bots)

    read_now, read_before = None if deleted else read(now), read(before)
    if not read_now and not read_before and before:
        return None
    return Change(
        message_id=f"{installed_team(body)}.{event['channel']}.{message_ts}",
        ts=str(event["ts"]),
        recent=microseconds(event["ts"]) - microseconds(message_ts) < RECENT_MICROSECONDS,
        now=read_now,
        before=read_before,
    )
