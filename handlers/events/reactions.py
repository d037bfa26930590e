"""Thumbs as reactions to an answer, and taking them back."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackError, ask_slack, attempt
from bot.store.feedback import Feedback, Rater
from bot.store.results import FeedbackResult
from genie.model import Rating
from handlers.payloads.feedback import Reaction, feedback_metadata, read_reaction
from handlers.services import Services
from render import words
from render.blockkit.buttons import say_why
from render.blockkit.text_reply import text_reply

log = logging.getLogger(__name__)

USER_TIMEOUT_SECONDS = 2.0
REPLY_TIMEOUT_SECONDS = 0.8
NEW = frozenset({FeedbackResult.RECORDED, FeedbackResult.CHANGED})


async def handle_reaction(services: Services, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Keep what a thumb on an answer says, or that it is gone; offer to explain one that points down."""
    reaction = read_reaction(body, context.bot_user_id)
    known = await services.feedback.answer_in(reaction.place, reaction.ts) if reaction else None
    if not reaction or not known or (reaction.shared and not await _is_ours(context.client, reaction)):
        return
    question_id, thread = known
    # An answer may stand in several messages, on each of which somebody may react.
    means = f"{reaction.name} {reaction.ts}"
    rater = Rater(question_id, replace(reaction.place, thread=thread), reaction.user, means)
    outcome = await services.feedback.rate(rater, reaction.opinion)
    services.wake()
    if reaction.opinion.rating is Rating.NEGATIVE and outcome in NEW and context.client:
        await _offer_to_say_why(context.client, rater, reaction.opinion)


async def _offer_to_say_why(slack: AsyncWebClient, rater: Rater, opinion: Feedback) -> None:
    """Offer the user, who alone sees it, to give a reason; once, though Slack sends events again."""
    reply = text_reply(words.feedback.BAD_REACTION_TAKEN, say_why(feedback_metadata(rater, opinion.at)))
    posting = slack.chat_postEphemeral(
        channel=rater.place.channel,
        user=rater.person,
        thread_ts=rater.place.thread,
        text=reply.text,
        blocks=list(reply.variants[0].blocks),
    )
    if not await attempt(posting, REPLY_TIMEOUT_SECONDS):
        log.info("feedback.reply_failed")


async def _is_ours(slack: AsyncWebClient | None, reaction: Reaction) -> bool:
    """Ask Slack whether a user in a shared channel belongs to our workspace; without an answer, not."""
    if slack is None:
        return False
    try:
        answer = await ask_slack(asyncio.wait_for(slack.users_info(user=reaction.user), USER_TIMEOUT_SECONDS))
    except SlackError:
        return False
    user = answer.get("user") or {}
    return user.get("team_id") == reaction.place.team and not user.get("is_stranger")
