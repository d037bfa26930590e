"""Ephemeral replies and modals: seen by one user only.

Bolt sends the acknowledgement after them, and Slack wants that within three seconds: each has its timeout.
https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import logging
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Place
from bot.slack.api import attempt
from bot.slack.ephemeral import post_ephemeral
from handlers.payloads.actions import Click
from render.blockkit.reply import Reply
from render.home.settings_modal import notice_modal

log = logging.getLogger(__name__)

REPLY_TIMEOUT_SECONDS = 0.8
MODAL_TIMEOUT_SECONDS = 1.0


async def reply_privately(context: AsyncBoltContext, reply: Reply | str) -> None:
    """Reply to a click, if there is something to say; a reply that fails is logged.

    On the Home tab, where no message can be, it is a modal.
    """
    click: Click | None = context.get("click")
    if reply and click and click.view:
        sentence = reply.text if isinstance(reply, Reply) else reply
        await open_modal(context, click.trigger_id, notice_modal(sentence))
    elif reply:
        await _respond(context, reply, replace_original=False)


async def replace_private_reply(context: AsyncBoltContext, reply: Reply | str) -> None:
    """Replace the ephemeral message in which the user clicked."""
    await _respond(context, reply, replace_original=True, thread_ts=None)


async def replace_message(context: AsyncBoltContext, click: Click, text: str) -> None:
    """Replace the message in which the user clicked, for everybody."""
    editing = context.client.chat_update(
        channel=click.place.channel, ts=click.message, text=text, blocks=[], parse="none", link_names=False
    )
    if not await attempt(editing, REPLY_TIMEOUT_SECONDS):
        log.warning("click.reply_failed")


async def post_privately(context: AsyncBoltContext, place: Place, user: str, reply: Reply) -> None:
    """Post what only one user sees, where no click has brought a `response_url`."""
    posting = post_ephemeral(context.client, place.channel, place.thread, user, reply)
    if not await attempt(posting, REPLY_TIMEOUT_SECONDS):
        log.warning("ephemeral.reply_failed")


async def open_modal(context: AsyncBoltContext, trigger_id: str, view: dict[str, Any]) -> bool:
    """Open a modal; False when Slack did not."""
    opening = context.client.views_open(trigger_id=trigger_id, view=view)
    opened = await attempt(opening, MODAL_TIMEOUT_SECONDS)
    if not opened:
        log.warning("click.no_modal")
    return opened


async def _respond(context: AsyncBoltContext, reply: Reply | str, **options: Any) -> None:
    content: dict[str, Any] = {"text": reply}
    if isinstance(reply, Reply):
        content = {"text": reply.text, "blocks": list(reply.variants[0].blocks)}
    sending = context["respond"](**content, response_type="ephemeral", **options)
    if not await attempt(sending, REPLY_TIMEOUT_SECONDS):
        log.warning("click.reply_failed")
