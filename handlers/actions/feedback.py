"""The thumbs below an answer, the reason for one that points down, and taking a rating back."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.slack.api import attempt
from bot.store.feedback import Opinion, Outcome, Ratings, Voice
from bot.store.questions import NotStored
from genie.model import Rating
from handlers.actions.follow_ups import PATIENCE, privately
from handlers.payloads.actions import Click, click
from handlers.payloads.feedback import about_text, reason_from_view
from render import words
from render.blockkit.buttons import rated, take_back
from render.blockkit.text_reply import note
from render.notices import feedback

log = logging.getLogger(__name__)

CONFIRMED = {
    (Rating.POSITIVE, False): words.feedback.GOOD_TAKEN,
    (Rating.NEGATIVE, False): words.feedback.BAD_TAKEN,
    (Rating.POSITIVE, True): words.feedback.GOOD_ALREADY,
    (Rating.NEGATIVE, True): words.feedback.BAD_ALREADY,
}
"""By the rating, and whether it stood already."""
TAKEN_BACK = {Outcome.ALREADY: words.feedback.NOTHING_TO_TAKE_BACK, Outcome.UNKNOWN: words.feedback.TOO_OLD}


class Thumbs:
    """Anyone of ours may rate, each for themselves; pressing the same again changes nothing."""

    def __init__(self, ratings: Ratings, poke: Callable[[], None], *, reviewed: bool) -> None:
        """`reviewed` says whether people besides the authors of the space read reasons."""
        self._ratings, self._poke, self._reviewed = ratings, poke, reviewed

    async def rate(
        self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        """Keep a rating, confirm it privately and, when it is bad, ask what was wrong."""
        await ack()
        pressed = click(body)
        rating, question_id = rated(pressed.value) or (Rating.NONE, "")
        voice = Voice(question_id, pressed.place, pressed.user)
        outcome = await self._keep(voice, Opinion(rating, pressed.at), pressed, respond)
        if outcome is None:
            return
        confirmed = CONFIRMED[rating, outcome is Outcome.ALREADY]
        about = about_text(voice, pressed.at)
        asking = self._ask_reason(body, about, context) if rating is Rating.NEGATIVE else _nothing()
        await asyncio.gather(_confirm(respond, confirmed, question_id), asking)

    async def ask_why(self, body: Mapping[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Ask somebody who wants to tell what was wrong."""
        await ack()
        await self._ask_reason(body, click(body).value, context)

    async def take_back(self, body: Mapping[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        """Take one's own rating back; the confirmation that held the button says so."""
        await ack()
        pressed = click(body)
        voice = Voice(pressed.meaning.question_id if pressed.meaning else "", pressed.place, pressed.user)
        try:
            outcome = await self._ratings.rate(voice, Opinion(Rating.NONE, pressed.at))
        except NotStored as error:
            log.warning("click.not_stored", extra={"error": str(error)})
            await privately(respond, words.feedback.NOT_KEPT)
            return
        self._poke()
        sentence = TAKEN_BACK.get(outcome, words.feedback.TAKEN_BACK)
        telling = respond(sentence, response_type="ephemeral", replace_original=True, thread_ts=None)
        await attempt(telling, PATIENCE)

    async def explain(self, body: Mapping[str, Any], ack: AsyncAck) -> None:
        """Keep the reason that somebody gave; an empty one closes the modal."""
        voice, opinion = reason_from_view(body)
        if not opinion.comment:
            await ack()
            return
        try:
            outcome = await self._ratings.rate(voice, opinion)
        except NotStored as error:
            log.warning("click.not_stored", extra={"error": str(error)})
            sentence = words.feedback.NOT_KEPT
        else:
            self._poke()
            sentence = words.feedback.TOO_OLD if outcome is Outcome.UNKNOWN else words.feedback.THANKS
        await ack(response_action="update", view=feedback.told(sentence))

    async def _keep(
        self, voice: Voice, opinion: Opinion, pressed: Click, respond: AsyncRespond
    ) -> Outcome | None:
        """Keep an opinion; None when that was not to be, and whoever pressed knows why."""
        refusal = words.general.EXTERNAL_PERSON if pressed.external else ""
        try:
            outcome = None if refusal else await self._ratings.rate(voice, opinion)
        except NotStored as error:
            log.warning("click.not_stored", extra={"error": str(error)})
            outcome, refusal = None, words.feedback.NOT_KEPT
        self._poke()
        if outcome is Outcome.UNKNOWN:
            outcome, refusal = None, words.feedback.TOO_OLD
        if refusal:
            await privately(respond, refusal)
        return outcome

    async def _ask_reason(self, body: Mapping[str, Any], about: str, context: AsyncBoltContext) -> None:
        view = feedback.ask_reason(about, reviewed=self._reviewed)
        opening = context.client.views_open(trigger_id=body["trigger_id"], view=view)
        if not await attempt(opening, PATIENCE):
            log.info("feedback.no_modal")


async def _confirm(respond: AsyncRespond, sentence: str, question_id: str) -> None:
    """Tell only whoever pressed, with a way back."""
    reply = note(sentence, take_back(question_id))
    telling = respond(
        reply.text, blocks=list(reply.variants[0].blocks), response_type="ephemeral", replace_original=False
    )
    if not await attempt(telling, PATIENCE):
        log.warning("click.untold")


async def _nothing() -> None:
    return
