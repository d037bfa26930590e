"""Clicks on "Insights" and "Stats"."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.question import Question, State
from bot.slack.api import SlackError, SlackRefused, ask_slack
from bot.store.jobs import Orders, Outcome
from bot.store.questions import Intake, NotStored, in_time
from handlers.actions.follow_ups import privately
from handlers.payloads.actions import Click, click
from render import words
from render.blockkit.buttons import INSIGHTS

PATIENCE = 0.5
"""Seconds for the address of a message; with Redis before it that stays within Slack's three."""
GONE = "message_not_found"
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


class Insights:
    """Any of our people who sees an answer may have it computed; however many press, it happens once."""

    def __init__(self, intake: Intake, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._orders, self._poke = intake, orders, poke

    async def wanted(
        self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        """Take the order, or lead to what is there."""
        pressed = click(body)
        await ack()
        try:
            said = await in_time(self._order(pressed, context))
        except NotStored:
            said = words.insights.NOT_STORED
        if said:
            await privately(respond, said)

    async def _order(self, pressed: Click, context: AsyncBoltContext) -> str:
        """Return what to tell whoever pressed; nothing if the message to come says it."""
        if pressed.external:
            return words.general.EXTERNAL_PERSON
        if pressed.private:
            return words.insights.PRIVATE
        question_id = pressed.meaning.question_id if pressed.meaning else ""
        progress = await self._intake.progress(question_id) if question_id else None
        if progress is None or not progress.message:
            return words.insights.FORGOTTEN
        order = pressed.about(question_id, INSIGHTS)
        if await self._orders.place(order, State.INSIGHTS) is Outcome.ALREADY:
            link = await self._link(order, context)
            if link is not None:
                return words.insights.already(link) if link else words.insights.ALREADY
            await self._orders.place(order, State.INSIGHTS, anew=True)
        self._poke()
        return ""

    async def _link(self, order: Question, context: AsyncBoltContext) -> str | None:
        progress = await self._intake.progress(order.id)
        return await _link(context, order.place.channel, progress.ts) if progress and progress.ts else ""


async def _link(context: AsyncBoltContext, channel: str, ts: str) -> str | None:
    """Return the address of a message: nothing if Slack does not tell it at once, None if it is gone."""
    try:
        async with asyncio.timeout(PATIENCE):
            told = await ask_slack(context.client.chat_getPermalink(channel=channel, message_ts=ts))
    except SlackRefused as refused:
        return None if refused.code == GONE else ""
    except (SlackError, TimeoutError):
        return ""
    address = str(told.get("permalink") or "")
    return address if _ADDRESS.fullmatch(address) else ""
