"""Who gets to see an answer: "Share to Channel", and "Dismiss" for a private one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.question import Place, State, published
from bot.store.jobs import Orders, Outcome
from bot.store.questions import Intake, NotStored, in_time
from handlers.actions.follow_ups import not_stored, privately
from handlers.actions.overflow_menu import Choice
from handlers.payloads.actions import Click, click
from render import words
from render.blockkit.buttons import DISMISS, PUBLISH, SHARE


class Sharing:
    """Anybody of ours who sees an answer may share it; it is shared once."""

    def __init__(self, intake: Intake, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._orders, self._poke = intake, orders, poke

    async def share(self, choice: Choice) -> None:
        """Have an answer shown in the channel of its thread."""
        order = choice.pressed.about(choice.question_id, SHARE)
        outcome = await self._orders.place(order, State.SHARING, anew=True)
        self._poke()
        if outcome is Outcome.ALREADY:
            await privately(choice.respond, words.share.shared_already(""))

    async def publish(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Have a private answer posted for everybody in the channel in which it was asked for."""
        await ack()
        try:
            told = await in_time(self._publish(click(body)))
        except NotStored as error:
            await not_stored(respond, error)
            return
        self._poke()
        if told:
            await privately(respond, told)

    async def _publish(self, pressed: Click) -> str:
        """Return what there is to tell, if anything."""
        question_id = pressed.meaning.question_id if pressed.meaning else ""
        asked, channel = await self._intake.find(question_id), await self._orders.asked_in(pressed.place)
        if not asked or not channel:
            return words.share.ANSWER_FORGOTTEN
        place = Place(asked.place.team, channel, None)
        order = replace(
            pressed.about(question_id, PUBLISH), id=published(question_id), place=place, text=asked.text
        )
        outcome = await self._orders.place(order, State.PUBLISHING)
        return words.share.PUBLISHED_ALREADY if outcome is Outcome.ALREADY else ""

    async def dismiss(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Have a private answer taken away; pressed twice that is one order."""
        await ack()
        pressed = click(body)
        order = pressed.about(pressed.meaning.question_id if pressed.meaning else "", DISMISS)
        try:
            await self._orders.place(order, State.DISMISSING)
        except NotStored as error:
            await not_stored(respond, error)
        self._poke()
