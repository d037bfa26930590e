"""Questions that experts look at, and the SQL that they have confirmed. No rows are kept."""

import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from redis.asyncio import Redis

from bot.records.job import Job, JobKind
from bot.records.review import Asked, Confirmed, Decision, Reuse, Review
from bot.records.same_words import same_words
from bot.store.keys import CONFIRMED_LIFETIME, DAY, REVIEW_LIFETIME, Keys
from bot.store.questions import in_time
from bot.store.results import Decided
from bot.store.scripts import experts as scripts
from render.expert.model import ReviewState

COUNTED = "review "
"""Before the name of a state, among what is counted in a day."""
ALIKE = 0.6
"""From this part of their words in common on, one question is offered for another."""
MOST_COMPARED = 2_000
"""Questions of a space, so that looking for a similar one takes some milliseconds at most."""


class ReviewStore:
    """Keeps questions before the experts; NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep them beside the questions."""
        self._redis: Any = redis
        self._keys = keys

    async def of(self, question_id: str) -> Review | None:
        """Return how a question stands with the experts, if it was put before them and is remembered."""
        return Review.from_hash(await in_time(self._redis.hgetall(self._keys.review(question_id))))

    async def open(self, asked: Asked) -> str | None:
        """Put a question before the experts, once; return the `ts` of its card, if there is one.

        None where the question was forgotten meanwhile.
        """
        is_open, card = await in_time(
            scripts.open_review(
                self._redis,
                review_key=self._keys.review(asked.question_id),
                question_key=self._keys.question(asked.question_id),
                figures_key=self._keys.figures(_now()),
                opened=ReviewState.OPEN,
                asker=asked.asker,
                asked=asked.to_json(),
            )
        )
        return card if is_open else None

    async def note_card(self, question_id: str, ts: str) -> None:
        """Remember the message of a question in the experts' channel."""
        key = self._keys.review(question_id)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(key, "card", ts)
            pipe.pexpire(key, REVIEW_LIFETIME)
            await pipe.execute()

    async def decide(self, decision: Decision) -> Decided:
        """Keep what an expert says, for the first one who says it, and leave it to a worker to tell it."""
        review = await self.of(decision.question_id)
        return await in_time(self._decide(review.asked, decision)) if review else Decided.UNKNOWN

    async def _decide(self, asked: Asked, decision: Decision) -> Decided:
        keys, job, words = self._keys, _job(asked, decision), same_words(asked.question)
        confirmed_id = _confirmed_id(asked.space, words)
        sql = {ReviewState.CONFIRMED: asked.sql, ReviewState.CORRECTED: decision.sql}.get(decision.to, "")
        return await scripts.decide_review(
            self._redis,
            review_key=keys.review(asked.question_id),
            job_key=keys.question(job.id),
            due_key=keys.due,
            figures_key=keys.figures(_now()),
            confirmed_key=keys.confirmed(confirmed_id),
            words_key=keys.confirmed_words(asked.space),
            spaces_key=keys.confirmed_spaces,
            to=decision.to,
            expert=decision.expert,
            card=decision.card,
            words=decision.words,
            sql=decision.sql,
            job_id=job.id,
            job=job.to_json(),
            confirmed_id=confirmed_id,
            confirmed=_confirmed(asked, sql) if sql and asked.stands_alone and words else "",
            same_words=words,
            space=asked.space,
        )

    async def counts(self, days: int = 7) -> Mapping[ReviewState, int]:
        """Count what came before the experts in the last days, and what they said; RedisError."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for day in range(days):
                pipe.hgetall(self._keys.figures(_now() - day * DAY))
            found = await pipe.execute()
        counted: Counter[ReviewState] = Counter()
        for each in found:
            counted.update({state: int(each.get(f"{COUNTED}{state}", 0)) for state in ReviewState})
        return counted


@dataclass(frozen=True, slots=True)
class Known:
    """What experts have confirmed that is about a question."""

    same: Confirmed | None = None
    """The question in the same words."""
    similar: str = field(default="", repr=False)
    """A confirmed question in words much like these, to be offered where there is not the same one."""


class ConfirmedStore:
    """Keeps questions with the SQL that experts confirmed; RedisError without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep them under `keys`."""
        self._redis: Any = redis
        self._keys = keys

    async def find(self, space: str, words: str) -> Confirmed | None:
        """Return what an expert confirmed for a question in the same words, and keep it for longer."""
        return (await self.look(space, words, "", colleague=False)).same

    async def look(self, space: str, words: str, channel: str, *, colleague: bool) -> Known:
        """Return the same question or, for who asks in a channel, a similar one that may be read there.

        `colleague`: it is a person of the workspace, and no guest.
        """
        wanted = same_words(words)
        found_id, keys = _confirmed_id(space, wanted), self._keys
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hgetall(keys.confirmed(found_id))
            pipe.hgetall(keys.confirmed_words(space))
            stored, others = await pipe.execute()
        if stored:
            await self._keep(found_id, space)
            return Known(_read(found_id, stored))
        return Known(similar=await self._similar(others, wanted, channel, colleague=colleague))

    async def _keep(self, confirmed_id: str, space: str) -> None:
        keys = self._keys
        async with self._redis.pipeline(transaction=False) as pipe:
            for key in (keys.confirmed(confirmed_id), keys.confirmed_words(space), keys.confirmed_spaces):
                pipe.pexpire(key, CONFIRMED_LIFETIME)
            await pipe.execute()

    async def _similar(self, others: Mapping[str, str], wanted: str, channel: str, *, colleague: bool) -> str:
        """Return the most similar question of those that may be read in a channel; empty without one."""
        compared = islice(others.items(), MOST_COMPARED)
        alike = sorted(((_likeness(wanted, words), each) for each, words in compared), reverse=True)
        for likeness, confirmed_id in alike:
            if likeness < ALIKE:
                break
            stored = await self._redis.hgetall(self._keys.confirmed(confirmed_id))
            found = _read(confirmed_id, stored) if stored else None
            if found and found.may_be_offered_in(channel, colleague=colleague):
                return found.question
        return ""

    async def all(self) -> AsyncIterator[Confirmed]:
        """Yield all of them, by space and in the order of their words."""
        for space in sorted(map(str, await self._redis.smembers(self._keys.confirmed_spaces))):
            words = await self._redis.hgetall(self._keys.confirmed_words(space))
            for confirmed_id, _ in sorted(words.items(), key=lambda pair: str(pair[1])):
                stored = await self._redis.hgetall(self._keys.confirmed(confirmed_id))
                if stored:
                    yield _read(confirmed_id, stored)
                else:  # it has ended
                    await self._redis.hdel(self._keys.confirmed_words(space), confirmed_id)

    async def delete(self, confirmed_id: str) -> Confirmed | None:
        """Delete one, and return it; None if there is none."""
        stored = await self._redis.hgetall(self._keys.confirmed(confirmed_id))
        if not stored:
            return None
        found = _read(confirmed_id, stored)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(self._keys.confirmed(confirmed_id))
            pipe.hdel(self._keys.confirmed_words(found.space), confirmed_id)
            await pipe.execute()
        return found


def _now() -> int:
    return round(time.time() * 1000)


def _confirmed_id(space: str, words: str) -> str:
    return sha256(f"{space}\n{words}".encode()).hexdigest()[:16]


def _job(asked: Asked, decision: Decision) -> Job:
    """Return the job that tells of a decision; the same one of the same expert is one job."""
    return Job(
        id=f"{asked.question_id}.review.{decision.to}.{decision.expert}",
        kind=JobKind.REVIEW,
        place=asked.place,
        user=decision.expert,
        about=asked.question_id,
        payload=decision.to,
    )


def _confirmed(asked: Asked, sql: str) -> str:
    channel = "" if asked.place.is_direct else asked.place.channel
    kept = {"space": asked.space, "question": asked.question, "sql": sql, "team": asked.place.team}
    return json.dumps(kept | {"reuse": asked.reuse, "channel": channel}, ensure_ascii=False)


def _read(confirmed_id: str, stored: Mapping[str, str]) -> Confirmed:
    kept = json.loads(stored["confirmed"])
    kept |= {"reuse": Reuse(kept["reuse"]), "by": stored.get("by", ""), "at": int(stored["at"])}
    return Confirmed(id=confirmed_id, **kept)


def _likeness(one: str, other: str) -> float:
    """Return the part of the words of two questions that both have."""
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0
