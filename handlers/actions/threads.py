"""What people do with a whole thread: begin it anew, have it forgotten."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.api import attempt
from bot.store.jobs import Orders, Outcome
from bot.store.questions import NotStored
from handlers.actions.follow_ups import privately
from handlers.actions.overflow_menu import Choice
from handlers.payloads.actions import order_from_view, place_text
from render import words
from render.blockkit.buttons import FORGET, FRESH
from render.notices import forget_thread

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds for a modal; with Redis before it that stays within the three in which Slack lets us open it."""

NOT_FRESH = {Outcome.ALREADY: words.threads.FRESH_ALREADY, Outcome.STRANGER: words.threads.FRESH_UNKNOWN}
NOT_FORGOTTEN = {
    Outcome.ALREADY: words.threads.FORGET_ALREADY,
    Outcome.BUSY: words.threads.FORGET_BUSY,
    Outcome.STRANGER: words.threads.FORGET_STRANGER,
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
        view = forget_thread.confirm(place_text(choice.pressed.place))
        opening = choice.context.client.views_open(trigger_id=choice.trigger_id, view=view)
        if not await attempt(opening, PATIENCE):
            log.warning("click.no_modal")
            await privately(choice.respond, words.threads.NO_MODAL)

    async def forget(self, body: Mapping[str, Any], ack: AsyncAck) -> None:
        """Have a thread forgotten that somebody confirmed."""
        order = order_from_view(body, FORGET)
        try:
            outcome = await self._orders.forget(order)
        except NotStored as error:
            log.warning("click.not_stored", extra={"error": str(error)})
            sentence = words.threads.FORGET_NOT_STORED
        else:
            self._poke()
            sentence = NOT_FORGOTTEN.get(outcome, words.threads.FORGETTING)
        await ack(response_action="update", view=forget_thread.told(sentence))
