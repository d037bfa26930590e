"""What people do with a whole thread: begin it anew, have it forgotten."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.intake import NotStored
from bot.orders import Orders, Outcome
from bot.slack import attempt
from handlers.actions import privately
from handlers.clicks import order_from_view, place_text
from handlers.menu import Choice
from render import forgetting
from render import words_conversation as said
from render.buttons import FORGET, FRESH

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

    async def start_fresh(self, choice: Choice) -> None:
        """Let the thread begin a new conversation with its next question."""
        outcome = await self._orders.start_fresh(choice.pressed.order(FRESH))
        self._poke()
        if outcome in NOT_FRESH:
            await privately(choice.respond, NOT_FRESH[outcome])

    async def confirm(self, choice: Choice) -> None:
        """Ask whether the thread is to be forgotten, if it may be."""
        outcome = await self._orders.may_forget(choice.pressed.order(FORGET))
        if outcome in NOT_FORGOTTEN:
            await privately(choice.respond, NOT_FORGOTTEN[outcome])
            return
        view = forgetting.confirm(place_text(choice.pressed.place))
        opening = choice.context.client.views_open(trigger_id=choice.trigger_id, view=view)
        if not await attempt(opening, PATIENCE):
            log.warning("click.no_modal")
            await privately(choice.respond, said.NO_MODAL)

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
