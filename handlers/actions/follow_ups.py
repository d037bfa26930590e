"""Clicks on our buttons: next questions, "ask again", "start fresh" and "check again"."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.slack.api import attempt
from bot.store.questions import Intake, NotStored, Receipt, Resumed, in_time
from handlers.payloads.actions import Click, click
from handlers.payloads.events import typed
from render import words

log = logging.getLogger(__name__)

PATIENCE = 0.8
"""Seconds for a private word, which Bolt sends before the acknowledgement; Slack wants that within three."""


class Actions:
    """Anyone who sees a message may click; pressing twice, or two people pressing, is one question."""

    def __init__(self, intake: Intake, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._intake, self._poke = intake, poke

    async def suggestion(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Ask a question that Genie proposed, in the same thread."""
        pressed = click(body)
        text = pressed.meaning.question if pressed.meaning else ""
        await ack()
        await self._ask(pressed, partial(self._accept, text=typed(text)), respond)

    async def ask_again(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Ask a question once more that did not get an answer."""
        await self._again(body, ack, respond, fresh=False)

    async def start_fresh(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Ask it once more in a new conversation."""
        await self._again(body, ack, respond, fresh=True)

    async def _again(
        self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond, *, fresh: bool
    ) -> None:
        pressed = click(body)
        await ack()
        await self._ask(pressed, partial(self._accept_again, fresh=fresh), respond)

    async def check_again(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Go on looking for an answer that missed its deadline."""
        await ack()
        try:
            resumed = await self._intake.resume(click(body).value)
        except NotStored as error:
            await not_stored(respond, error)
            return
        if resumed is Resumed.RESUMED:
            self._poke()
        else:
            gone = resumed is Resumed.GONE
            await privately(respond, words.general.BUTTON_TOO_OLD if gone else words.general.ALREADY_ASKED)

    async def _accept(self, pressed: Click, *, text: str, fresh: bool = False) -> Receipt | None:
        """Take a question in; None when nobody knows any more what it was."""
        return await self._intake.accept(pressed.question(text, fresh=fresh)) if text else None

    async def _accept_again(self, pressed: Click, *, fresh: bool) -> Receipt | None:
        earlier = await self._intake.find(pressed.meaning.question_id) if pressed.meaning else None
        return await self._accept(pressed, text=earlier.text if earlier else "", fresh=fresh)

    async def _ask(
        self, pressed: Click, accept: Callable[[Click], Awaitable[Receipt | None]], respond: AsyncRespond
    ) -> None:
        if pressed.external:  # who may ask finds the button unused
            await privately(respond, words.general.EXTERNAL_PERSON)
            return
        try:
            receipt = await in_time(accept(pressed))
        except NotStored as error:
            await not_stored(respond, error)
            return
        self._poke()
        if receipt is None:
            await privately(respond, words.general.BUTTON_TOO_OLD)
        elif receipt is Receipt.DUPLICATE:
            await privately(respond, words.general.ALREADY_ASKED)


async def not_stored(respond: AsyncRespond, error: NotStored) -> None:
    """Say that a click came to nothing."""
    # Slack does not send a click again: whoever clicked has to know.
    log.warning("click.not_stored", extra={"error": str(error)})
    await privately(respond, words.general.NOT_STORED)


async def privately(respond: AsyncRespond, text: str) -> None:
    """Tell only whoever clicked; a courtesy that never costs the acknowledgement."""
    if not await attempt(respond(text, response_type="ephemeral", replace_original=False), PATIENCE):
        log.warning("click.untold")
