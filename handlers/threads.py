"""What people do with a whole thread: begin it anew, have it forgotten."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.intake import NotStored
from bot.orders import Orders, Outcome
from bot.slack import attempt
from handlers.actions import not_stored, privately
from handlers.parsing import Click, click, order_from_view, place_text
from render import forgetting, words
from render import words_conversation as said
from render.buttons import FORGET, FRESH, chosen

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds for a modal; with Redis before it that stays within the three in which Slack lets us open it."""

NOT_FRESH = {Outcome.ALREADY: said.FRESH_ALREADY, Outcome.STRANGER: said.FRESH_UNKNOWN}
NOT_FORGOTTEN = {
    Outcome.ALREADY: said.FORGET_ALREADY,
    Outcome.BUSY: said.FORGET_BUSY,
    Outcome.STRANGER: said.FORGET_STRANGER,
}


class Threads:
    """Anybody of ours may begin anew; only those who asked in a thread may have it forgotten."""

    def __init__(self, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._orders, self._poke = orders, poke

    async def more(
        self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        """Do what was chosen from the menu of an answer."""
        await ack()
        pressed = click(body)
        choice, _ = chosen(pressed.value)
        try:
            if pressed.external:
                await privately(respond, words.EXTERNAL_PERSON)
            elif choice == FRESH:
                await self._start_fresh(pressed, respond)
            elif choice == FORGET:
                await self._confirm(pressed, body, respond, context)
        except NotStored as error:
            await not_stored(respond, error)

    async def _start_fresh(self, pressed: Click, respond: AsyncRespond) -> None:
        outcome = await self._orders.start_fresh(pressed.order(FRESH))
        self._poke()
        if outcome in NOT_FRESH:
            await privately(respond, NOT_FRESH[outcome])

    async def _confirm(
        self, pressed: Click, body: Mapping[str, Any], respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        outcome = await self._orders.may_forget(pressed.order(FORGET))
        if outcome in NOT_FORGOTTEN:
            await privately(respond, NOT_FORGOTTEN[outcome])
            return
        view = forgetting.confirm(place_text(pressed.place))
        if not await attempt(context.client.views_open(trigger_id=body["trigger_id"], view=view), PATIENCE):
            log.warning("click.no_modal")
            await privately(respond, said.NO_MODAL)

    async def forget(self, body: Mapping[str, Any], ack: AsyncAck) -> None:
        """Have a thread forgotten that somebody confirmed."""
        order = order_from_view(body, FORGET)
        try:
            outcome = await self._orders.forget(order)
        except NotStored as error:
            log.warning("click.not_stored", extra={"error": str(error)})
            sentence = said.FORGET_NOT_STORED
        else:
            self._poke()
            sentence = NOT_FORGOTTEN.get(outcome, said.FORGETTING)
        await ack(response_action="update", view=forgetting.told(sentence))
