"""What a message says in Slack now: the text of an offer about it, which is kept nowhere else."""

from slack_bolt.async_app import AsyncBoltContext

from bot.slack.api import optional, thread_message
from genie.protocol.coerce import as_text
from handlers.payloads.actions import Click

READ_TIMEOUT_SECONDS = 0.8
"""With Redis after it that stays within the three seconds in which Slack wants an acknowledgement."""


def written_ts(click: Click) -> str:
    """Return the `ts` of the message that the button is about."""
    return click.question_id.removeprefix(f"{click.place.team}.{click.place.channel}.")


async def own_text(context: AsyncBoltContext, click: Click) -> str | None:
    """Read the message that the button is about, which the user has written; None if it cannot be read."""
    place = click.place
    reading = thread_message(context.client, place.channel, place.thread or "", written_ts(click))
    message = await optional(reading, None, READ_TIMEOUT_SECONDS)
    return as_text(message.get("text")) if message and message.get("user") == click.user else None


async def still_waits(context: AsyncBoltContext, click: Click) -> bool:
    """Tell whether the message with the button has it by now, and no answer; False if it cannot be read."""
    place = click.place
    reading = thread_message(context.client, place.channel, place.thread or "", click.message)
    message = await optional(reading, None, READ_TIMEOUT_SECONDS) or {}
    blocks = message.get("blocks") or []
    return any(
        element.get("action_id") == click.action_id
        for block in blocks
        for element in block.get("elements") or ()
    )
