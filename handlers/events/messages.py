"""Mentions, replies in threads that we know, and direct messages."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.question import Surface
from bot.store.questions import Intake, Receipt
from handlers.payloads.events import may_have_overtaken_its_root, question_from_message, surface_of_message

SECOND_LOOKS = (0.05, 0.1, 0.2, 0.4)
"""Seconds between looks whether a thread has become ours, for a reply that came before its first message."""


class Messages:
    """What people write; an event is stored before Slack hears that it has arrived."""

    def __init__(self, intake: Intake, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._poke = intake, poke

    async def mentioned(self, body: Mapping[str, Any]) -> None:
        """Take a question from a message that mentions the bot."""
        await self._take(body, Surface.MENTION)

    async def written(self, body: Mapping[str, Any]) -> None:
        """Take a direct message, or a reply in a thread of ours; whatever else people say is theirs."""
        if surface := surface_of_message(body["event"]):
            await self._take(body, surface)

    async def _take(self, body: Mapping[str, Any], surface: Surface) -> None:
        question = question_from_message(body, surface)
        if not question:
            return
        receipt = await self._intake.accept(question)
        for wait in SECOND_LOOKS if may_have_overtaken_its_root(question) else ():
            if receipt is not Receipt.STRANGER:
                break
            await asyncio.sleep(wait)
            receipt = await self._intake.accept(question)
        self._poke()
