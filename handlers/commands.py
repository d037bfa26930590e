"""The slash command: `/genie question`, `/genie new`, and help for `/genie` and `/genie help`."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.intake import Intake, NotStored
from bot.orders import Orders, Outcome
from handlers.parsing import order_from_command, question_from_command, wants_fresh_start
from render import words
from render import words_conversation as said

log = logging.getLogger(__name__)


class Commands:
    """Commands are answered privately at once; the question itself becomes a visible message."""

    def __init__(self, intake: Intake, orders: Orders, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._orders, self._poke = intake, orders, poke

    async def genie(self, command: Mapping[str, Any], ack: AsyncAck) -> None:
        """Take a question, or explain."""
        try:
            answer = await self._answer(command)
        except NotStored as error:
            # Slack does not send a command again: its user has to know.
            log.warning("command.not_stored", extra={"error": str(error)})
            answer = words.NOT_STORED
        await ack(answer)

    async def _answer(self, command: Mapping[str, Any]) -> str:
        if wants_fresh_start(command):
            return await self._start_fresh(command)
        question = question_from_command(command)
        if not question:
            return words.HELP
        await self._intake.accept(question)
        self._poke()
        return words.COMMAND_RECEIVED

    async def _start_fresh(self, command: Mapping[str, Any]) -> str:
        """Let the asker's latest thread in this channel begin anew."""
        team, channel, user = (str(command[name]) for name in ("team_id", "channel_id", "user_id"))
        place = await self._orders.latest(team, channel, user)
        outcome = await self._orders.start_fresh(order_from_command(command, place)) if place else None
        self._poke()
        if outcome is Outcome.ACCEPTED:
            return said.FRESH_LATEST
        return said.FRESH_LATEST_ALREADY if outcome is Outcome.ALREADY else said.FRESH_NO_THREAD
