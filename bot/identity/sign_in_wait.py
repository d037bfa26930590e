"""Questions and jobs that wait until their person has signed in to Databricks.

They are in Redis as before, out of the line, and due when the wait is over; a sign-in makes them due at once.
"""

import logging
from collections.abc import Callable
from contextlib import suppress

from redis.asyncio import Redis

from bot.failures import causes
from bot.failures.failure_reply import failure_reply
from bot.failures.model import Cause
from bot.identity.model import SlackUser
from bot.identity.sign_in_messages import SignInMessages
from bot.records.lease import JobLease, Lease, QuestionLease
from bot.slack.private_messages import PrivateMessages
from bot.store.keys import Keys
from bot.store.limiter import QUESTIONS, Line
from bot.store.people import nobody_looks
from bot.store.questions import NotStored, in_time
from bot.store.results import SignInWait
from bot.store.scripts import sign_ins
from genie.errors import GrantEnded
from render import words
from render.blockkit.blocks import channel
from render.blockkit.text_reply import text_reply, under

log = logging.getLogger(__name__)


class SignInWaits:
    """Lets questions and jobs wait for their person, who gets a link; `GrantStore.save` lets them go on."""

    def __init__(
        self,
        redis: "Redis",
        keys: Keys,
        messages: SignInMessages,
        private: PrivateMessages,
        changed: Callable[[SlackUser], None] = nobody_looks,
    ) -> None:
        """Send links with `messages`; `changed` is called with the person of what begins to wait."""
        self._redis, self._keys, self._messages, self._private = redis, keys, messages, private
        self._changed = changed

    async def begin(self, lease: Lease) -> Cause | None:
        """Let it wait, and send its person a link; return why it ends if it may not wait. SlackError."""
        if isinstance(lease, QuestionLease) and lease.progress.withdrawn:
            return causes.NOT_SIGNED_IN
        if isinstance(lease, QuestionLease) and lease.question.scheduled:  # its run holds up others meanwhile
            return causes.ERROR_CAUSES[GrantEnded]
        begins = not lease.progress.signing_in_at and not await self._has_signed_out(lease)
        if begins and not await self._messages.send(lease, self._private):
            return causes.NO_EMAIL
        outcome = await self._wait(lease)
        self._changed(lease.identity)
        if outcome is SignInWait.OVER and isinstance(lease, JobLease):
            # What it came with to say so has ended, too.
            reply = text_reply(causes.NOT_SIGNED_IN.words)
            await self._private.tell_directly(lease, reply, _end_mark(lease))
        ended = {SignInWait.OVER: causes.NOT_SIGNED_IN, SignInWait.SIGNED_OUT: causes.SIGNED_OUT}
        return ended.get(outcome)

    async def tell_end(self, lease: QuestionLease, cause: Cause) -> None:
        """Tell the asker of a question of which nothing is shown why it ends, and nobody else; SlackError."""
        question = lease.question
        if cause is not causes.NOT_SIGNED_IN:
            await self._private.tell(lease, text_reply(cause.words), _end_mark(lease))
            return
        # Nobody looks on after an hour, so it has to stay.
        reply, where = failure_reply(cause, question.id), question.asked_at
        if not where.is_direct:
            reply = under(words.sign_in.about_question_in(channel(where.channel)), reply)
        await self._private.tell_directly(lease, reply, _end_mark(lease))

    async def signed_out(self, user: SlackUser) -> int:
        """Have all end that waits for a person, or cannot go on without a sign-in; return how many wait."""
        keys = self._keys
        return await sign_ins.end_signed_out(
            self._redis,
            waiting_key=keys.sign_in_waiting(user),
            due_key=keys.due,
            signed_out_key=keys.signed_out(user),
            question_prefix=keys.question(""),
        )

    async def _has_signed_out(self, lease: Lease) -> bool:
        """Tell whether the person signed out after this was asked, so that no link is sent for it."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.get(self._keys.signed_out(lease.identity))
            pipe.hget(self._keys.question(lease.record.id), "received_at")
            signed_out, received = await pipe.execute()
        return int(signed_out or -1) >= int(received or 0)

    async def _wait(self, lease: Lease) -> SignInWait:
        keys, user = self._keys, lease.identity
        granted = isinstance(lease, QuestionLease) and lease.granted
        bucket = lease.question.bucket if isinstance(lease, QuestionLease) else QUESTIONS
        line = Line.of(keys, bucket, lease.record.queue_name)
        return await sign_ins.wait_for_sign_in(
            self._redis,
            record_key=keys.question(lease.record.id),
            due_key=keys.due,
            line_key=line.line,
            own_key=line.own,
            grants_key=line.grants,
            waiting_key=keys.sign_in_waiting(user),
            signed_out_key=keys.signed_out(user),
            grant_key=keys.grant(user),
            record_id=lease.record.id,
            owner=lease.owner,
            granted_at=lease.now if granted else 0,
        )


async def go_on_as_bot(redis: "Redis", keys: Keys) -> None:
    """Let go on what waits for a sign-in where nobody signs in any more; after its hour it would, too."""
    with suppress(NotStored):
        resuming = sign_ins.resume_as_bot(redis, due_key=keys.due, question_prefix=keys.question(""))
        if resumed := await in_time(resuming):
            log.info("sign_in.not_needed", extra={"resumed": resumed})


def _end_mark(lease: Lease) -> str:
    return f"{lease.record.id}.not_signed_in"
