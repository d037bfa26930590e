"""Puts a question before the experts, and tells what they say about it.

An answer is read again as its asker and for its asker alone; of it experts see the SQL, and no row.
"""

import logging
from dataclasses import dataclass

from bot.failures import causes
from bot.failures.retry import MAX_ATTEMPTS
from bot.identity.model import NotSignedIn, NotTheOwner
from bot.jobs.answer_job import AnswerJob
from bot.records.lease import JobLease
from bot.records.progress import FAILED, Progress, stands_alone
from bot.records.question import Place, Question
from bot.records.review import Asked, Reuse, Review
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.edit_answer import draws_itself, edit_answer
from bot.replies.expert_cards import ExpertCards
from bot.slack.api import SlackRefused
from bot.slack.channels import ChannelKind
from bot.slack.direct_messages import DirectMessages
from bot.slack.messages import Messages, Posted
from bot.slack.users import Users
from bot.store.experts import ReviewStore
from genie.errors import GenieError
from genie.model import Answer
from genie.protocol.answer import select_answer
from render import words
from render.expert.model import ReviewState
from render.expert.told import told

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertJobs(AnswerJob):
    """Asks experts, and tells what they say; `cards` is None where there is no channel of theirs."""

    reviews: ReviewStore
    cards: ExpertCards | None
    privacy: AnswerPrivacy
    direct_messages: DirectMessages
    users: Users
    messages: Messages
    composer: AnswerComposer
    chart_images: ChartImages

    async def ask(self, lease: JobLease) -> None:
        """Post the card of a question, once as long as it stands; it says how the question ended."""
        if await self.wait_until_complete(lease):
            return
        cards, about = self.cards, lease.job.about
        question = await self.loader.asked(about, lease.identity)
        progress = await self.loader.questions.progress(about)
        if cards is None:
            await self.responder.reject(lease, words.experts.NO_CHANNEL, "no channel")
        elif not question or not progress or self._has_other_rights(question, progress):
            await self.responder.reject(lease, words.share.ANSWER_FORGOTTEN, "forgotten")
        elif await self._is_hidden(question.place) and await self._has_outsiders(cards.channel, question):
            await self.responder.reject(lease, words.experts.OTHERS_THERE, "outsiders")
        else:
            card = await self.reviews.open(await self._asked(lease, question, progress))
            if card is None:
                await self.responder.reject(lease, words.share.ANSWER_FORGOTTEN, "forgotten")
                return
            await self._post(lease, cards, is_new=not (card and await cards.show(about)))

    async def _post(self, lease: JobLease, cards: ExpertCards, *, is_new: bool) -> None:
        if is_new:
            try:
                await cards.post(lease.job.about, lease.job.id, seek=lease.redelivered)
            except SlackRefused as refused:
                log.warning("expert.not_asked", extra={"slack": refused.code, "channel": cards.channel})
                await self.responder.reject(lease, words.experts.NOT_SENT, "not sent")
                return
        await self.responder.ephemeral(lease, words.experts.SENT if is_new else words.experts.ALREADY_SENT)
        await self.responder.close(lease, "sent")

    def _has_other_rights(self, question: Question, progress: Progress) -> bool:
        return bool(progress.message) and not self.loader.has_same_rights(question, progress)

    async def _is_hidden(self, place: Place) -> bool:
        """Tell whether what is asked in a place is not for everybody in the workspace."""
        return place.is_direct or (await self.privacy.readers(place)).kind is not ChannelKind.PUBLIC

    async def _has_outsiders(self, channel: str, question: Question) -> bool:
        return await self.privacy.may_have_outsiders(Place(question.place.team, channel, None))

    async def _asked(self, lease: JobLease, question: Question, progress: Progress) -> Asked:
        answer = await self._answer(lease, question, progress)
        query = answer.query if answer else None
        return Asked(
            question_id=question.id,
            question=progress.text,
            place=lease.job.place,
            asker=question.asker,
            sender=lease.job.user,
            space=self.responder.catalog.space_of(progress.space),
            sql=query.sql.strip() if query else "",
            reading=query.description if query else "",
            cause=progress.outcome.removeprefix(FAILED) if progress.outcome.startswith(FAILED) else "",
            stands_alone=stands_alone(question, progress),
            reuse=await self._reuse(question),
        )

    async def _answer(self, lease: JobLease, question: Question, progress: Progress) -> Answer | None:
        """Return what Genie wrote, without rows; None where it wrote nothing, or that cannot be had."""
        if not progress.message:
            return None
        try:
            message = await self.loader.genie_of(lease.identity).message(progress.ref)
            return select_answer(message, attachment=question.attachment)
        except GenieError as error:
            if causes.of_error(error).transient:
                raise
            log.warning("expert.answer_unreadable", extra={"error": str(error)})
            return None

    async def _reuse(self, question: Question) -> Reuse:
        if question.place.is_direct:
            return Reuse.NOBODY
        kind = (await self.privacy.readers(question.place)).kind
        return Reuse.EVERYBODY if kind is ChannelKind.PUBLIC else Reuse.CHANNEL

    async def tell(self, lease: JobLease) -> None:
        """Show on the card, below the answer and in it what an expert said."""
        if await self.wait_until_complete(lease):
            return
        if self.cards:
            await self.cards.show(lease.job.about)
        review = await self.reviews.of(lease.job.about)
        if review is None:
            await self.responder.close(lease, "forgotten")
            return
        if lease.job.payload == ReviewState.TAKEN and review.state is not ReviewState.TAKEN:
            await self.responder.close(lease, "late")  # nobody is looking at it any more
            return
        place = review.asked.place
        apart = not place.is_direct and await self.privacy.may_have_outsiders(place)
        if not lease.progress.ts:
            lease = await self._tell_asker(lease, review, apart=apart)
        if review.confirmed_sql and not apart:
            await self._edit_answer(review, last=lease.progress.attempts >= MAX_ATTEMPTS - 1)
        await self.responder.close(lease, lease.job.payload)

    async def _tell_asker(self, lease: JobLease, review: Review, *, apart: bool) -> JobLease:
        """Tell it in the thread or, where others read along or nothing can be posted, the asker alone."""
        try:
            posted = await self._post_told(lease, review, apart=apart)
        except SlackRefused as refused:  # the channel may be archived by now
            log.warning("expert.asker_not_told", extra={"slack": refused.code})
            return lease if apart else await self._tell_asker(lease, review, apart=True)
        return await self.queue.save(lease, ts=posted.ts)

    async def _post_told(self, lease: JobLease, review: Review, *, apart: bool) -> Posted:
        asked, job = review.asked, lease.job
        names = await self.users.of(job.place.team, {job.user})
        reply = told(
            ReviewState(job.payload),
            names.get(job.user, ""),
            asker=asked.asker,
            sender=asked.sender,
            question=asked.question if apart else "",
            said=review.words,
            sql=review.sql,
            failed=bool(asked.cause),
        )
        channel, thread = asked.place.channel, asked.place.thread
        if apart:
            channel, thread = await self.direct_messages.open(asked.asker), None
        return await self.messages.post(channel, thread, reply, job.id, seek=lease.redelivered)

    async def _edit_answer(self, review: Review, *, last: bool) -> None:
        """Compose the answer anew, which then says what is confirmed; it stays where it cannot be."""
        asker, question_id = review.asked.identity, review.asked.question_id
        try:
            known = await self.loader.questions.progress(question_id)
            if known is None or known.outcome.startswith(FAILED):
                return  # why there was no answer stays what it is
            loaded = await self.loader.load_answer(question_id, asker)
            if loaded is None or not loaded.progress.ts:
                return
            reply = await self.composer.compose(loaded.question, loaded.progress, loaded.answer)
            picture = None if draws_itself(loaded, reply) else reply.picture
            block = await self.chart_images.chart_block(loaded.progress.ref, picture, asker)
            if block or not picture:  # it does not lose its chart
                await edit_answer(self.messages, self.chart_images, loaded, reply, block, asker)
        except SlackRefused as refused:
            log.info("expert.answer_not_edited", extra={"slack": refused.code})
        except (NotSignedIn, NotTheOwner) as error:
            log.info("expert.answer_not_edited", extra={"error": type(error).__name__})
        except GenieError as error:
            if causes.of_error(error).transient and not last:
                raise
            log.info("expert.answer_not_edited", extra={"error": str(error)})
