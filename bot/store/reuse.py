"""Questions that share one Genie message, as they were asked with the same words: docs/decisions/28."""

import json
from hashlib import sha256

from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import ANSWERED, State
from bot.records.question import Question
from bot.records.same_words import same_words
from bot.store.keys import LINE_LIFETIME, Keys
from bot.store.limiter import QUESTIONS, Line
from bot.store.results import Shared
from bot.store.scripts import reuse

SAME_TIME_MS = 60_000
"""Within which two questions are asked at the same time."""
PATIENCE_MS = 60_000
"""For which the same question is asked at most while others wait: a dead process is replaced in less."""
WAIT_MS, WAIT_IN_LINE_MS = 300, 1_500
"""Between two looks at that; a question in line may get its token meanwhile."""


class ReuseStore:
    """Finds the question whose Genie message another one may share."""

    def __init__(self, redis: "Redis", keys: Keys, *, minutes: int, as_users: bool = False) -> None:
        """Let an answer be reused for `minutes`, 0 for never; `as_users`: only by the person who has it."""
        self._redis, self._keys, self.minutes, self._as_users = redis, keys, minutes, as_users

    async def look(self, lease: QuestionLease, space: str) -> bool:
        """Tell whether the same question as one in line was sent of late; once it is, that is due at once."""
        keys, question, digest = self._keys, lease.question, self._digest(lease, space)
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.sadd(keys.reuse_line(digest), question.id)
            pipe.pexpire(keys.reuse_line(digest), LINE_LIFETIME)
            pipe.hmget(keys.reuse(digest), ["last", question.place.channel])
            *_, sent = await pipe.execute()
        return not {*sent} <= {None, question.id}

    async def share(self, lease: QuestionLease, space: str, *, may_reuse: bool, poll_in: float) -> Shared:
        """Give a question the Genie message of the same one, if there is one, or let it wait for that.

        Its lease ends then, and its token returns, if it has one.
        """
        question, keys, digest = lease.question, self._keys, self._digest(lease, space)
        line = Line.of(keys, QUESTIONS, question.queue_name)
        return await reuse.share_question(
            self._redis,
            question_key=keys.question(question.id),
            reuse_key=keys.reuse(digest),
            reuse_line_key=keys.reuse_line(digest),
            thread_key=keys.thread(question.place, lease.thread),
            person_key=keys.person(question.place.team, question.asker),
            due_key=keys.due,
            line_key=line.line,
            own_key=line.own,
            grants_key=line.grants,
            question_prefix=keys.question(""),
            question_id=question.id,
            owner=lease.owner,
            granted_at=lease.now if lease.granted else 0,
            channel=question.place.channel,
            answered=ANSWERED,
            may_reuse=may_reuse,
            same_time_ms=SAME_TIME_MS,
            reuse_ms=self.minutes * 60_000,
            patience_ms=PATIENCE_MS,
            wait_ms=WAIT_IN_LINE_MS if lease.progress.state is State.ANNOUNCED else WAIT_MS,
            poll_in_ms=round(poll_in * 1000),
        )

    async def asker(self, question_id: str) -> str:
        """Return who asked a question; empty once that is forgotten."""
        stored = await self._redis.hget(self._keys.question(question_id), "question")
        return Question.from_json(str(stored)).asker if stored else ""

    def _digest(self, lease: QuestionLease, space: str) -> str:
        """Name what two questions have to have in common; of the words no more than a digest."""
        question = lease.question
        rights = question.queue_name if self._as_users else question.place.team
        return sha256(json.dumps([rights, space, same_words(lease.progress.text)]).encode()).hexdigest()
