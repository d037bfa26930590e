"""Thumbs as reactions to an answer, and taking them back."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackError, ask_slack, attempt
from bot.store.feedback import Opinion, Outcome, Ratings, Voice
from genie.model import Rating
from handlers.payloads.feedback import Reaction, about_text, reaction
from render import words
from render.blockkit.buttons import say_why
from render.blockkit.text_reply import note

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds for Slack to say whose somebody is."""
TELLING = 0.8
"""Seconds for a private word."""
NEW = frozenset({Outcome.TAKEN, Outcome.CHANGED})


class Reactions:
    """A thumb on an answer is a rating; on any other message it is nobody's business."""

    def __init__(self, ratings: Ratings, poke: Callable[[], None]) -> None:
        """`poke` tells this process's worker that there is work."""
        self._ratings, self._poke = ratings, poke

    async def changed(self, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        """Keep what a reaction says, or that it says it no more; one that points down may be explained."""
        seen = reaction(body, context.bot_user_id)
        known = await self._ratings.answer_in(seen.place, seen.ts) if seen else None
        if not seen or not known or (seen.shared and not await _is_ours(context.client, seen)):
            return
        question_id, thread = known
        # An answer may stand in several messages, on each of which somebody may react.
        voice = Voice(question_id, replace(seen.place, thread=thread), seen.person, f"{seen.name} {seen.ts}")
        outcome = await self._ratings.rate(voice, seen.opinion)
        self._poke()
        if seen.opinion.rating is Rating.NEGATIVE and outcome in NEW and context.client:
            await _offer_to_say_why(context.client, voice, seen.opinion)


async def _offer_to_say_why(slack: AsyncWebClient, voice: Voice, opinion: Opinion) -> None:
    """Let only whoever did not like an answer know how to say more about it; Slack sends events again."""
    reply = note(words.feedback.BAD_REACTION_TAKEN, say_why(about_text(voice, opinion.at)))
    telling = slack.chat_postEphemeral(
        channel=voice.place.channel,
        user=voice.person,
        thread_ts=voice.place.thread,
        text=reply.text,
        blocks=list(reply.variants[0].blocks),
    )
    if not await attempt(telling, TELLING):
        log.info("feedback.untold")


async def _is_ours(slack: AsyncWebClient | None, seen: Reaction) -> bool:
    """Ask whether somebody in a shared channel belongs to our workspace; without an answer nobody does."""
    if slack is None:
        return False
    try:
        answer = await ask_slack(asyncio.wait_for(slack.users_info(user=seen.person), PATIENCE))
    except SlackError:
        return False
    person = answer.get("user") or {}
    return person.get("team_id") == seen.place.team and not person.get("is_stranger")
