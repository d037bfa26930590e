"""The menu of an answer: who of our people chose what."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.store.questions import NotStored
from handlers.actions.follow_ups import not_stored, privately
from handlers.payloads.actions import Click, click
from render import words
from render.blockkit.buttons import chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose from the menu of the answer to a question, and the means to say something back."""

    pressed: Click
    question_id: str
    trigger_id: str
    respond: AsyncRespond
    context: AsyncBoltContext


class Menu:
    """Acknowledges, then does what was chosen; a choice may raise NotStored."""

    def __init__(self, choices: Mapping[str, Callable[[Choice], Awaitable[None]]]) -> None:
        """Do for each choice of `render.buttons.CHOICES` what `choices` says."""
        self._choices = choices

    async def more(
        self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        """Do what was chosen."""
        await ack()
        pressed = click(body)
        choice, question_id = chosen(pressed.value)
        if choice not in self._choices:
            return
        if pressed.external:
            await privately(respond, words.general.EXTERNAL_PERSON)
            return
        try:
            await self._choices[choice](
                Choice(pressed, question_id, str(body.get("trigger_id") or ""), respond, context)
            )
        except NotStored as error:
            await not_stored(respond, error)
