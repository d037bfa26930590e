"""What experts press on a card, and the forms in which they correct or explain.

Who is no member of the experts' channel, or asked the question, decides nothing; the store has the last word.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.records.review import Decision, Review
from bot.store.keys import REVIEW_TAKEN_LIFETIME
from bot.store.questions import in_time
from bot.store.results import Decided
from handlers.ephemeral import open_modal, reply_privately
from handlers.payloads.actions import clicked
from handlers.payloads.experts import Expert, card_metadata, decision_of, submitted_decision
from handlers.services import Services
from render import words
from render.blockkit.blocks import Block
from render.expert import modals
from render.expert.card import CONFIRM, TAKE, name
from render.expert.model import ReviewState
from render.text.escape import clean
from render.words.results.values import moment

PRESSED = {TAKE: ReviewState.TAKEN, CONFIRM: ReviewState.CONFIRMED}
RESULTS = {modals.CORRECTED: modals.corrected_result, modals.CANNOT: modals.cannot_result}
"""What says in a form what came of it, by its callback id."""
FIRST = {modals.CORRECTED: modals.SQL, modals.CANNOT: modals.REASON}
"""The field of a form below which its errors stand."""


async def handle_decide(services: Services, context: AsyncBoltContext) -> None:
    """Take or confirm a question."""
    click = clicked(context)
    decision = decision_of(click, PRESSED[click.action])
    refused = await in_time(_refusal(services, Expert(click.place, click.user)))
    await reply_privately(context, refused or await _decide(services, decision))


async def handle_correct(services: Services, context: AsyncBoltContext) -> None:
    """Open the form of a correction."""
    review = await _to_decide(services, context)
    if review:
        await _open(context, modals.correct_modal(card_metadata(clicked(context)), review.asked.sql))


async def handle_cannot_answer(services: Services, context: AsyncBoltContext) -> None:
    """Open the form that asks why there is no answer."""
    if await _to_decide(services, context):
        await _open(context, modals.cannot_modal(card_metadata(clicked(context))))


async def handle_submitted(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Keep what an expert wrote; the form closes, or says why not."""
    expert, decision = submitted_decision(body)
    refused = await in_time(_refusal(services, expert))
    is_left = _is_left(decision, await services.reviews.of(decision.question_id))
    callback = body["view"]["callback_id"]
    if error := _error(decision, refused, is_left=is_left):
        await ack(response_action="errors", errors={FIRST[callback]: error})
        return
    refused = refused or await _decide(services, replace(decision, sql="") if is_left else decision)
    result = RESULTS[callback]
    await ack(response_action="update", view=result(refused or words.experts.KEPT))


async def handle_delete(services: Services, context: AsyncBoltContext) -> None:
    """Delete what is confirmed, for an admin."""
    click = clicked(context)
    if not await services.access.is_admin(click.place.team, click.user):
        await reply_privately(context, words.experts.ADMINS_ONLY)
        return
    deleted = await in_time(services.confirmed.delete(click.value))
    await reply_privately(context, words.experts.DELETED if deleted else words.experts.DELETED_ALREADY)


def _is_left(decision: Decision, review: Review | None) -> bool:
    """Tell whether a form's SQL is still that of Genie, with which it opened: nobody stands for it."""
    return bool(review and decision.sql and decision.sql == clean(review.asked.sql).strip())


def _error(decision: Decision, refused: str, *, is_left: bool) -> str:
    """Return why a form stays, with what is written in it; empty where it closes."""
    if refused:  # Slack may not name a member in time, who would have to write it again
        return refused if refused == words.experts.NOT_AN_EXPERT else ""
    if decision.to is not ReviewState.CORRECTED or decision.words:
        return ""
    if is_left:
        return words.experts.CORRECT_SAME
    return "" if decision.sql else words.experts.CORRECT_NOTHING


async def _to_decide(services: Services, context: AsyncBoltContext) -> Review | None:
    """Return a question that the person who presses may decide; None, and told why, otherwise."""
    click = clicked(context)
    expert = Expert(click.place, click.user)
    review = await services.reviews.of(click.question_id)
    refused = await in_time(_refusal(services, expert)) or await _state(services, review, expert)
    if refused:
        await reply_privately(context, refused)
    return None if refused else review


async def _refusal(services: Services, expert: Expert) -> str:
    """Return why a person does not decide, whatever the question; empty for an expert."""
    if expert.place.channel != services.expert_channel:
        return words.experts.OTHER_CHANNEL if services.expert_channel else words.experts.NO_CHANNEL
    is_member = await services.privacy.is_there(expert.place, expert.user)
    return "" if is_member else words.experts.NOT_AN_EXPERT


async def _decide(services: Services, decision: Decision) -> str:
    """Keep a decision; return what the expert is told, nothing where the card says it."""
    decided = await services.reviews.decide(decision)
    if decided is Decided.DONE:
        services.wake()
        return ""
    if decided is Decided.UNKNOWN:
        return words.experts.FORGOTTEN
    if decided is Decided.OWN:
        return words.experts.OWN
    review = await services.reviews.of(decision.question_id)
    return await _who_has_it(services, review, decision.expert) if review else words.experts.FORGOTTEN


async def _state(services: Services, review: Review | None, expert: Expert) -> str:
    """Return why nothing is to be decided by a person, before that is written down."""
    if review is None:
        return words.experts.FORGOTTEN
    if review.asked.asker == expert.user:
        return words.experts.OWN
    is_over = time.time() * 1000 > review.at + REVIEW_TAKEN_LIFETIME
    is_theirs = review.state is ReviewState.TAKEN and (review.expert == expert.user or is_over)
    is_free = review.state is ReviewState.OPEN or is_theirs
    return "" if is_free else await _who_has_it(services, review, expert.user)


async def _who_has_it(services: Services, review: Review, user: str) -> str:
    if review.state is ReviewState.TAKEN and review.expert == user:
        return words.experts.HELD_BY_YOU
    names = await services.users.of(review.asked.place.team, {review.expert} - {""})
    expert, since = name(names.get(review.expert, "")), moment(review.at / 1000, words.experts.MOMENT)
    if review.state.is_final:
        return words.experts.already(review.state, expert, since)
    return words.experts.held(expert, since)


async def _open(context: AsyncBoltContext, view: Block) -> None:
    if not await open_modal(context, clicked(context).trigger_id, view):
        await reply_privately(context, words.experts.NO_MODAL)
