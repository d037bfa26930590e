"""The thumbs below an answer, the reason for a bad rating, and taking a rating back."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.store.feedback import Feedback, Rater
from bot.store.results import FeedbackResult
from genie.model import Rating
from handlers.ephemeral import open_modal, replace_private_reply, reply_privately
from handlers.payloads.actions import clicked
from handlers.payloads.feedback import feedback_metadata, reason_from_view
from handlers.services import Services
from render import words
from render.blockkit.buttons import rated, take_back
from render.blockkit.text_reply import text_reply
from render.notices import feedback

CONFIRMED = {
    (Rating.POSITIVE, False): words.feedback.GOOD_TAKEN,
    (Rating.NEGATIVE, False): words.feedback.BAD_TAKEN,
    (Rating.POSITIVE, True): words.feedback.GOOD_ALREADY,
    (Rating.NEGATIVE, True): words.feedback.BAD_ALREADY,
}
"""By the rating, and whether the user had given it before."""
TAKEN_BACK = {
    FeedbackResult.UNCHANGED: words.feedback.NOTHING_TO_TAKE_BACK,
    FeedbackResult.UNKNOWN: words.feedback.TOO_OLD,
}


async def handle_feedback(services: Services, context: AsyncBoltContext) -> None:
    """Keep a user's rating, confirm it with a way back and, when it is bad, ask for the reason."""
    click = clicked(context)
    rating, question_id = rated(click.value) or (Rating.NONE, "")
    rater = Rater(question_id, click.place, click.user)
    outcome = await services.feedback.record(rater, Feedback(rating, click.at))
    services.wake()
    if outcome is FeedbackResult.UNKNOWN:
        await reply_privately(context, words.feedback.TOO_OLD)
        return
    confirmed = text_reply(CONFIRMED[rating, outcome is FeedbackResult.UNCHANGED], take_back(question_id))
    replies = [reply_privately(context, confirmed)]
    if rating is Rating.NEGATIVE:
        replies.append(_ask_reason(services, context, feedback_metadata(rater, click.at)))
    await asyncio.gather(*replies)


async def handle_feedback_why(services: Services, context: AsyncBoltContext) -> None:
    """Ask a user for the reason who offered to give it."""
    await _ask_reason(services, context, clicked(context).value)


async def handle_feedback_take_back(services: Services, context: AsyncBoltContext) -> None:
    """Take a user's own rating back; the confirmation that held the button says so."""
    click = clicked(context)
    rater = Rater(click.question_id, click.place, click.user)
    outcome = await services.feedback.record(rater, Feedback(Rating.NONE, click.at))
    services.wake()
    await replace_private_reply(context, TAKEN_BACK.get(outcome, words.feedback.TAKEN_BACK))


async def handle_feedback_reason(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Keep the reason that a user gave in the modal; an empty one closes it."""
    rater, given = reason_from_view(body)
    if not given.comment:
        await ack()
        return
    outcome = await services.feedback.record(rater, given)
    services.wake()
    sentence = words.feedback.TOO_OLD if outcome is FeedbackResult.UNKNOWN else words.feedback.THANKS
    await ack(response_action="update", view=feedback.result_modal(sentence))


async def _ask_reason(services: Services, context: AsyncBoltContext, about: str) -> None:
    view = feedback.reason_modal(about, reviewed=services.reviewed)
    await open_modal(context, clicked(context).trigger_id, view)
