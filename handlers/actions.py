"""Clicks on our buttons: next questions, "ask again" and "check again"."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.intake import Intake, Receipt
from handlers.parsing import Click, click, typed
from render import words


class Actions:
    """Anyone who sees a message may click; pressing twice, or two people pressing, is one question."""

    def __init__(self, intake: Intake, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._poke = intake, poke

    async def suggestion(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Ask a question that Genie proposed, in the same thread."""
        pressed = click(body)
        text = pressed.meaning.question if pressed.meaning else ""
        await self._ask(pressed, typed(text), ack, respond)

    async def ask_again(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Ask a question once more that did not get an answer."""
        pressed = click(body)
        earlier = await self._intake.find(pressed.meaning.question_id) if pressed.meaning else None
        await self._ask(pressed, earlier.text if earlier else "", ack, respond)

    async def check_again(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Go on looking for an answer that missed its deadline."""
        resumed = await self._intake.resume(click(body).value)
        await ack()
        if resumed:
            self._poke()
        else:
            await _privately(respond, words.ALREADY_ASKED)

    async def other(self, ack: AsyncAck) -> None:
        """Acknowledge what needs nothing from us, such as a button that opens a link."""
        await ack()

    async def _ask(self, pressed: Click, text: str, ack: AsyncAck, respond: AsyncRespond) -> None:
        receipt = await self._intake.accept(pressed.question(text)) if text else None
        await ack()
        self._poke()
        if receipt is None:
            await _privately(respond, words.BUTTON_TOO_OLD)
        elif receipt is Receipt.DUPLICATE:
            await _privately(respond, words.ALREADY_ASKED)


async def _privately(respond: AsyncRespond, text: str) -> None:
    await respond(text, response_type="ephemeral", replace_original=False)
