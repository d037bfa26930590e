"""Thumbs as reactions to an answer, and taking them back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.slack.api import ask_slack, optional
from bot.store.feedback import Rater
from bot.store.questions import in_time
from bot.store.results import FeedbackResult
from genie.model import Rating
from handlers.ephemeral import post_privately
from handlers.payloads.feedback import Reaction, feedback_metadata, read_reaction
from handlers.services import Services
from render import words
from render.blockkit.buttons import say_why
from render.blockkit.text_reply import text_reply

USER_TIMEOUT_SECONDS = 2.0
NEW = frozenset({FeedbackResult.RECORDED, FeedbackResult.CHANGED})


async def handle_reaction(services: Services, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Keep what a thumb on an answer says, or that it is gone; offer to explain one that points down."""
    reaction = read_reaction(body, context.bot_user_id)
    known = await services.feedback.answer_in(reaction.place, reaction.ts) if reaction else None
    if not reaction or not known or (reaction.shared and not await _is_ours(context, reaction)):
        return
    question_id, thread = known
    place, user = reaction.place, reaction.user
    if await in_time(services.guard.rejection(place.team, user, place.channel, external=False)):
        return  # people may react as they like, and Genie hears of those alone whom it answers
    if services.as_users and not await _is_owner(services, question_id, reaction.user):
        return
    # An answer may stand in several messages, on each of which a user may react.
    source = f"{reaction.name} {reaction.ts}"
    rater = Rater(question_id, replace(reaction.place, thread=thread), reaction.user, source)
    outcome = await services.feedback.record(rater, reaction.feedback)
    services.wake()
    if reaction.feedback.rating is Rating.NEGATIVE and outcome in NEW:  # Slack sends events again
        why = say_why(feedback_metadata(rater, reaction.feedback.at))
        reply = text_reply(words.feedback.BAD_REACTION_TAKEN, why)
        await post_privately(context, rater.place, reaction.user, reply)


async def _is_owner(services: Services, question_id: str, user: str) -> bool:
    asked = await services.questions.find(question_id)
    return asked is not None and asked.asker == user


async def _is_ours(context: AsyncBoltContext, reaction: Reaction) -> bool:
    """Ask Slack whether a user in a shared channel belongs to our workspace; without an answer, not."""
    call = ask_slack(context.client.users_info(user=reaction.user))
    answer = await optional(call, {}, USER_TIMEOUT_SECONDS)
    user = answer.get("user") or {}
    return user.get("team_id") == reaction.place.team and not user.get("is_stranger")
