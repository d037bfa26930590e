"""Messages in the experts' channel, one for each question that is before them."""

import logging
from dataclasses import dataclass

from bot.records.review import Review
from bot.slack.api import SlackRefused
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.messages import Messages
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from bot.store.experts import ReviewStore
from render.blockkit.reply import Reply
from render.expert.card import card
from render.expert.model import Card

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertCards:
    """Posts the card of a question, and keeps it up to date."""

    channel: str
    reviews: ReviewStore
    messages: Messages
    ephemeral_replies: EphemeralReplies
    users: Users
    catalog: Catalog

    async def post(self, question_id: str, mark: str, *, seek: bool) -> None:
        """Post the card of a question as it stands; SlackRefused."""
        review = await self.reviews.of(question_id)
        if review:
            posted = await self.messages.post(self.channel, None, await self._card(review), mark, seek=seek)
            await self.reviews.note_card(question_id, posted.ts)

    async def show(self, question_id: str) -> bool:
        """Edit the card until it shows how the question stands, whoever edits it at the same time.

        False where it is not there (any more).
        """
        shown = None
        while (review := await self.reviews.of(question_id)) and review.card and review != shown:
            try:
                await self.messages.show(self.channel, review.card, await self._card(review))
            except SlackRefused as refused:  # it was deleted, or the channel is closed, or another one
                log.warning("expert.card_not_edited", extra={"slack": refused.code})
                return False
            shown = review
        return shown is not None

    async def _card(self, review: Review) -> Reply:
        asked = review.asked
        place = asked.place
        names = await self.users.of(place.team, {asked.sender, review.expert} - {""})
        # Nobody else sees what stands in a person's direct messages.
        link = (
            ""
            if place.is_direct
            else await self.ephemeral_replies.link(place.channel, place.thread or review.card)
        )
        return card(
            Card(
                question_id=asked.question_id,
                question=asked.question,
                sender=names.get(asked.sender, ""),
                space=self.catalog.about(asked.space).name if asked.space else "",
                private=place.is_direct,
                reading=asked.reading,
                sql=asked.sql,
                cause=asked.cause,
                link=link,
                state=review.state,
                expert=names.get(review.expert, ""),
                at=review.at,
                words=review.words,
                corrected_sql=review.sql,
            )
        )
