"""The slash command: `/genie question`, privately or not, `/genie new`, and help for all else."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.question import Question, State, Surface
from bot.store.jobs import Orders, Outcome
from bot.store.questions import Intake, NotStored, Receipt, in_time
from handlers.actions.follow_ups import not_stored, privately
from handlers.payloads.actions import click
from handlers.payloads.events import (
    asked_privately,
    order_from_command,
    question_from_command,
    typed,
    wants_fresh_start,
)
from render import words
from render.blockkit.blocks import mention
from render.notices.help import explained

log = logging.getLogger(__name__)


BEGUN = {
    (Outcome.ACCEPTED, False): words.threads.FRESH_LATEST,
    (Outcome.ACCEPTED, True): words.threads.FRESH_PRIVATE,
    (Outcome.ALREADY, False): words.threads.FRESH_LATEST_ALREADY,
    (Outcome.ALREADY, True): words.threads.FRESH_PRIVATE_ALREADY,
}
"""By what became of `/genie new`, and whether the thread is a private one."""


class Commands:
    """Commands are answered privately at once; the question itself becomes a visible message."""

    def __init__(
        self,
        intake: Intake,
        orders: Orders,
        poke: Callable[[], None],
        starters: Sequence[str],
        *,
        private: bool,
    ) -> None:
        """`poke` tells this process's worker that there is work; `starters` are offered with the help.

        With `private`, only the asker sees the answer, whatever the command says.
        """
        self._intake, self._orders, self._poke = intake, orders, poke
        self._help, self._private = explained(starters), private

    async def genie(self, command: Mapping[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Take a question, or explain."""
        private = asked_privately(command)
        question = question_from_command(private or command)
        try:
            if wants_fresh_start(command):
                answer = await in_time(self._start_fresh(command))
            elif question:
                answer = await self._take(question, context, private=private is not None)
            elif private and not private["text"].strip():
                answer = words.share.PRIVATE_EXPLAINED
            else:
                await ack(self._help.text, blocks=list(self._help.variants[0].blocks))
                return
        except NotStored as error:
            # Slack does not send a command again: its user has to know.
            log.warning("command.not_stored", extra={"error": str(error)})
            answer = words.general.NOT_STORED
        await ack(answer)

    async def starter(
        self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        """Ask what the help proposed, as if whoever pressed had typed it after `/genie`."""
        await ack()
        pressed = click(body)
        question = pressed.command(typed(pressed.meaning.question if pressed.meaning else ""))
        try:
            answer = await self._take(question, context)
        except NotStored as error:
            await not_stored(respond, error)
        else:
            await privately(respond, answer)

    async def _take(self, question: Question, context: AsyncBoltContext, *, private: bool = False) -> str:
        """Take a question in; return what its asker is told."""
        if private or self._private:
            order = replace(question, surface=Surface.MENU)
            again = await self._orders.place(order, State.OPENING) is Outcome.ALREADY
            taken = words.share.private_received(mention(context.bot_user_id or ""))
            said_again = words.share.ALREADY_ASKED_PRIVATELY
        else:
            again = await self._intake.accept(question) is Receipt.DUPLICATE
            taken, said_again = words.general.COMMAND_RECEIVED, words.share.ALREADY_ASKED_HERE
        self._poke()
        return said_again if again else taken

    async def _start_fresh(self, command: Mapping[str, Any]) -> str:
        """Let the asker's latest thread of this channel begin anew, be it private or not."""
        team, channel, user = (str(command[name]) for name in ("team_id", "channel_id", "user_id"))
        place = await self._orders.latest(team, channel, user)
        if place is None:
            return words.threads.FRESH_NO_THREAD
        outcome = await self._orders.start_fresh(order_from_command(command, place))
        self._poke()
        return BEGUN.get((outcome, place.channel != channel), words.threads.FRESH_NO_THREAD)
