"""Clicks on "How I Got This"."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.slack.api import attempt
from bot.slack.modal import ModalRequest
from handlers.actions.overflow_menu import Choice
from handlers.payloads.actions import Click, click
from render import words

PATIENCE = 0.8
"""Seconds for a private word, which Bolt sends before the acknowledgement; Slack wants that within three."""


Explain = Callable[[ModalRequest, str], bool]
"""Begin to tell somebody how the answer to a question came about; False when too many are waiting."""


class Details:
    """Anyone who sees an answer may look at how it came about, each in a modal of their own."""

    def __init__(self, explain: Explain) -> None:
        """`explain` goes on after the click is acknowledged."""
        self._explain = explain

    async def how(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Begin to tell, and acknowledge."""
        pressed = click(body)
        question_id = pressed.meaning.question_id if pressed.meaning else ""
        begun = self._begin(pressed, question_id, str(body.get("trigger_id") or ""))
        await ack()
        await self._tell(respond, begun=begun)

    async def chosen(self, choice: Choice) -> None:
        """Begin to tell somebody who chose it from the menu."""
        begun = self._begin(choice.pressed, choice.question_id, choice.trigger_id)
        await self._tell(choice.respond, begun=begun)

    def _begin(self, pressed: Click, question_id: str, trigger: str) -> bool:
        return self._explain(
            ModalRequest(pressed.user, pressed.place, pressed.external, trigger), question_id
        )

    async def _tell(self, respond: AsyncRespond, *, begun: bool) -> None:
        if not begun:
            private = respond(words.explain.TOO_MANY, response_type="ephemeral", replace_original=False)
            await attempt(private, PATIENCE)
