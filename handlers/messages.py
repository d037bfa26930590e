"""Mentions, replies in threads that we know, and direct messages."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.intake import Intake
from bot.question import Surface
from handlers.parsing import question_from_message, surface_of_message


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
        if question := question_from_message(body, surface):
            await self._intake.accept(question)
            self._poke()
