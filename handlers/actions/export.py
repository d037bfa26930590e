"""Clicks for the rows of an answer as a file."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.question import State
from bot.store.jobs import Orders, Outcome
from bot.store.questions import NotStored
from handlers.actions.follow_ups import not_stored, privately
from handlers.actions.overflow_menu import Choice
from handlers.payloads.actions import Click, click
from render import words

CSV, XLSX = "csv", "xlsx"


class Files:
    """Anyone of ours who sees an answer may have its rows; whoever clicks, each file is made once."""

    def __init__(self, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._orders, self._poke = orders, poke

    async def csv(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Have a CSV made."""
        await ack()
        pressed = click(body)
        if pressed.external:
            await privately(respond, words.general.EXTERNAL_PERSON)
            return
        try:
            await self._order(pressed, pressed.meaning.question_id if pressed.meaning else "", CSV, respond)
        except NotStored as error:
            await not_stored(respond, error)

    async def text(self, choice: Choice) -> None:
        """Have a CSV made that somebody chose from the menu."""
        await self._order(choice.pressed, choice.question_id, CSV, choice.respond)

    async def excel(self, choice: Choice) -> None:
        """Have an Excel workbook made."""
        await self._order(choice.pressed, choice.question_id, XLSX, choice.respond)

    async def _order(self, pressed: Click, question_id: str, wish: str, respond: AsyncRespond) -> None:
        if not question_id:
            await privately(respond, words.export.TOO_OLD)
            return
        outcome = await self._orders.place(pressed.about(question_id, wish), State.EXPORTING, anew=True)
        self._poke()
        if outcome is Outcome.ALREADY:
            await privately(respond, words.export.UNDER_WAY)
