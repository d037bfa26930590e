"""Private answers: asked in a channel, answered in direct messages, shared from there.

The question moves into the direct messages before any other step, so nothing about it can be posted in the
channel, whatever fails. docs/decisions/13-private-in-direct-messages.md
"""

import json
import logging
from dataclasses import dataclass, replace

from bot.jobs.answer_job import INCOMPLETE_SECONDS, AnswerJob
from bot.records.job import privately
from bot.records.lease import JobLease
from bot.records.progress import Progress
from bot.records.question import Place, Question, Surface
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.refusal import refusal
from bot.slack.api import NOT_A_MEMBER, SlackRefused
from bot.slack.direct_messages import DirectMessages
from bot.slack.messages import Messages
from bot.store.questions import QuestionStore
from bot.store.threads import ThreadStore
from render import words
from render.blockkit.blocks import channel as mention_channel
from render.blockkit.blocks import mention
from render.blockkit.text_reply import text_reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateJobs(AnswerJob):
    """Asks a question in the direct messages of its asker, then publishes or removes its answer."""

    questions: QuestionStore
    threads: ThreadStore
    direct_messages: DirectMessages
    privacy: AnswerPrivacy
    messages: Messages

    async def open(self, lease: JobLease) -> None:
        """Store the question as one of the asker's direct messages, where the usual steps answer it."""
        job = lease.job
        try:
            channel = await self.direct_messages.open(job.user)
        except SlackRefused as refused:
            log.warning("question.undeliverable", extra={"slack": refused.code})
            await self.responder.reject(lease, words.share.NO_DIRECT_MESSAGE, "refused")
            return
        asked = replace(
            Question.from_json(job.payload),
            id=privately(job.id),
            place=Place(job.place.team, channel, None),
            asked_in="" if channel == job.place.channel else job.place.channel,
        )
        receipt = await self.questions.accept(asked)
        if too_many := refusal(receipt, self.questions.bounds):
            await self.responder.reject(lease, too_many, "too many")
            return
        await self.responder.close(lease, "opened")

    async def publish(self, lease: JobLease) -> None:
        """Post the question in the channel; the job goes on as a question whose answer is shown there."""
        job = lease.job
        found = await self.loader.find(job.about, lease.identity)
        if found is None:
            await self.responder.reject(lease, words.share.ANSWER_FORGOTTEN, "forgotten")
            return
        asked, answered = found
        private = replace(asked.place, thread=answered.thread or asked.place.thread)
        # Where questions move into direct messages, their conversation goes on there. Asked before the post,
        # which would not be sought again when Slack has this wait.
        stays = await self.privacy.wants_private(job.place, job.user)
        try:
            thread = await self._post_root(lease, answered)
        except SlackRefused as refused:
            log.warning("answer.not_shared", extra={"slack": refused.code})
            where, absent = mention_channel(job.place.channel), refused.code in NOT_A_MEMBER
            sentence = words.share.not_there(where) if absent else words.share.closed(where)
            await self.responder.reject(lease, sentence, "not shared", thread=private.thread)
            return
        public = Question(
            id=job.id,
            text=asked.text,
            place=replace(job.place, thread=thread),
            asker=job.user,
            surface=Surface.COMMAND,
            published_from=job.about,
            attachment=asked.attachment,
            research=asked.research,
        )
        await self.threads.adopt(lease, public, answered, private, may_move=not stays)

    async def _post_root(self, lease: JobLease, answered: Progress) -> str:
        """Say what the answer is about, below the question or where there is none; return their thread."""
        job, thread = lease.job, lease.job.place.thread
        root = text_reply(words.questions.asked(mention(job.user), answered.text))
        posted = await self.messages.post(
            job.place.channel, thread, root, f"{job.id}.root", seek=lease.redelivered
        )
        return thread or posted.ts

    async def dismiss(self, lease: JobLease) -> None:
        """Remove an answer, with its thread unless that has other questions."""
        job = lease.job
        if await self.wait_until_complete(lease):
            return
        asked = await self.loader.asked(job.about, lease.identity)  # raises NotTheOwner for anybody else
        answered, place = await self.questions.progress(job.about), job.place
        is_result = asked is not None and asked.result_of  # which stands below its report
        if not is_result and await self.threads.is_alone(place, job.about):
            if await self.threads.is_answering(place):  # results of the report are on their way
                await self.queue.release(lease, INCOMPLETE_SECONDS)
                return
            await self.direct_messages.remove_thread(place.channel, place.thread or "")
            await self.threads.retire(place)
        elif answered and answered.ts:
            files = json.loads(answered.files).values()
            await self.direct_messages.remove_answer(place.channel, place.thread or "", answered.ts, files)
        await self.responder.close(lease, "dismissed")
