"""Choices from the chart menu of an answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.store.jobs import Orders
from bot.store.questions import NotStored
from handlers.actions.follow_ups import not_stored, privately
from handlers.payloads.actions import click
from render import words
from render.answer.chart_menu import AUTOMATIC, CHART


class Charts:
    """Anybody of ours may choose, for everybody who sees the answer; the last choice stands."""

    def __init__(self, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._orders, self._poke = orders, poke

    async def choose(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Have an answer drawn in another way, and the next ones of its thread."""
        await ack()
        pressed = click(body)
        if pressed.external:
            await privately(respond, words.general.EXTERNAL_PERSON)
            return
        order = pressed.about(pressed.action_id.removeprefix(f"{CHART}:"), CHART)
        wanted = "" if pressed.value == AUTOMATIC else pressed.value
        try:
            await self._orders.redraw(replace(order, wish=wanted))
        except NotStored as error:
            await not_stored(respond, error)
        self._poke()
