"""What becomes of a rating: Genie is told, and a reason is shown to those who review answers."""

import logging

from bot.failures.retry import later
from bot.question import Held, Progress
from bot.replies.responder import Ending
from bot.slack.api import SlackRefused
from bot.slack.messages import Delivery
from bot.slack.users import Names
from bot.store.feedback import Opinion, Ratings
from bot.store.questions import Intake
from bot.store.queue import Queue
from genie.client import Genie
from genie.errors import GenieError, NotFound
from genie.model import MessageRef
from render.notices.feedback import review

log = logging.getLogger(__name__)

REVIEWED = "reviewed"
"""The status of an order whose reason is in the review channel."""


class Review:
    """The channel in which people look at what others did not like; there may be none."""

    def __init__(self, delivery: Delivery, names: Names, channel: str | None) -> None:
        """Post into `channel`, where the bot has to be a member."""
        self._delivery, self._names, self._channel = delivery, names, channel

    async def show(self, held: Held, progress: Progress, opinion: Opinion) -> None:
        """Post a reason, once; a channel that is closed to us costs the rating nothing."""
        if not self._channel:
            return
        order = held.question
        names = await self._names.of(order.place.team, {order.asker})
        channel = order.place.channel
        # Reviewers see no direct messages of others, and nobody sees what somebody deleted.
        link = None if channel.startswith("D") else await self._delivery.address(channel, progress.ts or "")
        reply = review(names.get(order.asker, ""), progress.text, opinion.comment, link or "")
        try:
            await self._delivery.post(self._channel, None, reply, order.id, seek=held.again)
        except SlackRefused as refused:
            log.warning("feedback.not_reviewed", extra={"slack": refused.code, "channel": self._channel})


class Feedback:
    """Bring a rating to where it is heard, however long that takes."""

    def __init__(
        self, queue: Queue, intake: Intake, ratings: Ratings, genie: Genie, review: Review, ending: Ending
    ) -> None:
        """Genie knows one rating of a message: `ratings` says which."""
        self._queue, self._intake, self._ratings = queue, intake, ratings
        self._genie, self._review, self._ending = genie, review, ending

    async def __call__(self, held: Held) -> None:
        """Show the reason, if one came with this rating, and tell Genie."""
        about = held.question.about
        question, progress = await self._intake.find(about), await self._intake.progress(about)
        if not question or not progress:
            await self._ending.close(held, "forgotten")
            return
        if held.question.wish and held.progress.status != REVIEWED:
            opinion = await self._ratings.of(about, held.question.asker, int(held.question.wish))
            if opinion:  # or there is a newer one, with an order of its own
                await self._review.show(held, progress, opinion)
            await self._queue.save(held, status=REVIEWED)
        try:
            asked = question.about or about  # which of Genie's messages was rated
            await self._tell_genie(asked, progress.ref, sure=not (held.again or held.progress.setbacks))
        except NotFound:
            log.info("feedback.message_gone")
        except GenieError as error:
            if await later(self._queue, held, error, "feedback.not_told"):
                return
            log.warning("feedback.lost", extra={"error": str(error)})
        await self._ending.close(held, "rated")

    async def _tell_genie(self, about: str, ref: MessageRef, *, sure: bool) -> None:
        """Tell Genie the rating that counts, until it is the one that was told last.

        Somebody else may tell it another one at the same time. `sure`: we have told it nothing before.
        """
        told = await self._ratings.told(about) if sure else None
        while (standing := await self._ratings.standing(about)) != told:
            await self._genie.feedback(ref, standing.rating, standing.comment)
            await self._ratings.note_told(about, standing)
            told = standing
