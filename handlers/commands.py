"""The slash command: `/genie question`, and help for `/genie` and `/genie help`."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.intake import Intake, NotStored
from handlers.parsing import question_from_command
from render import words

log = logging.getLogger(__name__)


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
        except NotStored as error:
            # Slack does not send a command again: its user has to know.
            log.warning("command.not_stored", extra={"error": str(error)})
            await ack(words.NOT_STORED)
            return
        self._poke()
        await ack(words.COMMAND_RECEIVED)
