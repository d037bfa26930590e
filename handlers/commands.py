"""The slash command: `/genie question`, and help for `/genie` and `/genie help`."""

from collections.abc import Callable, Mapping
from typing import Any

from redis.exceptions import RedisError
from slack_bolt.async_app import AsyncAck

from bot.intake import Intake
from handlers.parsing import question_from_command
from render import words


class Commands:
    """Commands are answered privately at once; the question itself becomes a visible message."""

    def __init__(self, intake: Intake, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._poke = intake, poke

    async def genie(self, command: Mapping[str, Any], ack: AsyncAck) -> None:
        """Take a question, or explain."""
        question = question_from_command(command)
        if not question:
            await ack(words.HELP)
            return
        try:
            await self._intake.accept(question)
        except RedisError:
            await ack(words.NOT_STORED)
            raise
        self._poke()
        await ack(words.COMMAND_RECEIVED)
