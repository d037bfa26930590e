"""Replicas of the bot as far as they ask Genie, which notes what it got."""

import asyncio
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast

from redis.asyncio import Redis

from bot.identity.identities import shared_identity
from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question
from bot.steps.announce import AnnounceStep
from bot.steps.ask import AskStep
from bot.store.limiter import QUESTIONS, Bucket, Rate
from genie.client import Genie
from genie.errors import GenieError
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot
from tests.redis.queue_moves import question as any_question
from tests.redis.responses import Responses, choose_space, same_question

RATE = Rate(20, 60)
WORDS = "revenue by region"


def question(name: str, asker: str = "U1", channel: str = "C1", text: str = WORDS) -> Question:
    """Return a question that begins a thread."""
    return replace(any_question(name, asker), text=text, place=Place("T1", channel, name))


@dataclass
class Journal:
    """A Genie that answers questions with the ids of messages, or refuses the first ones."""

    asked: list[str] = field(default_factory=list)
    refusals: list[GenieError] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=count)

    async def ask(self, space: str, text: str, *, visualization: bool) -> MessageRef:  # noqa: ARG002
        """Take a question."""
        await asyncio.sleep(0)
        if self.refusals:
            raise self.refusals.pop(0)
        self.asked.append(text)
        number = next(self.ids)
        return MessageRef(space, f"c{number}", f"m{number}")

    async def follow_up(
        self, space: str, _conversation: str, text: str, *, visualization: bool
    ) -> MessageRef:
        """Take a question."""
        return await self.ask(space, text, visualization=visualization)


class Replica:
    """A worker that announces questions, and asks them."""

    def __init__(
        self,
        redis: "Redis",
        genie: Journal,
        name: str = "one",
        *,
        rate: Rate = RATE,
        minutes: int = 5,
        as_users: bool = False,
    ) -> None:
        """Share answers for so many `minutes`."""
        self.bot = Bot(redis, rate, name)
        self.bucket = Bucket(redis, KEYS, QUESTIONS, rate)
        self._redis, responses = redis, Responses(self.bot)
        self.outcomes = responses.outcomes
        self.same = same_question(self.bot, redis, minutes=minutes, as_users=as_users)
        self.announce = AnnounceStep(
            queue=self.bot.queue,
            responder=responses.responder,
            messages=cast("Any", None),
            openings=cast("Any", None),
            threads=self.same.threads,
            users=cast("Any", None),
            guard=cast("Any", None),
            private_first=self.same.private_first,
            choose_space=choose_space(self.bot, redis),
            same_question=self.same,
            signed_in=cast("Any", None),
            bot_user="U0BOT",
            starters=(),
        )
        self.step = AskStep(
            queue=self.bot.queue,
            responder=responses.responder,
            threads=self.same.threads,
            genie_of=shared_identity(cast("Genie", genie)),
            wait_for_conversation=cast("Any", None),
            private_first=self.same.private_first,
            choose_space=choose_space(self.bot, redis),
            same_question=self.same,
            question_bucket=self.bucket,
            max_token_age_seconds=60,
        )

    async def accept(self, *questions: Question) -> None:
        """Take questions."""
        for each in questions:
            await self.bot.questions.accept(each)

    async def turn(self) -> list[QuestionLease]:
        """Run a step of each question that is due, and return those that Genie has."""
        claimed, has = await self.bot.claim(10), []
        for lease in claimed:
            match lease.progress.state:
                case State.RECEIVED:
                    saved = {"state": State.ANNOUNCED, "ts": "1.0", "text": lease.question.text}
                    await self.announce.update_place(await self.bot.queue.advance(lease, **saved))
                case State.ANNOUNCED:
                    await self.announce.update_place(lease)
                case State.ASKING:
                    await self.step.run(lease)
                case State.REUSING:
                    await self.same.run(lease)
                case _:
                    has.append(lease)
                    await self.bot.queue.release(lease, 60)
        return has

    async def turns(self, *questions: Question) -> None:
        """Take steps until Genie has some questions, or they have ended."""
        async with asyncio.timeout(20):
            while not all([await self._has(each) for each in questions]):
                if not await self.turn():
                    await asyncio.sleep(0.01)

    async def _has(self, asked: Question) -> bool:
        return (await self.progress(asked)).state in {State.ASKED, State.DELIVERED}

    async def progress(self, asked: Question) -> Progress:
        """Return how far a question has come."""
        found = await self.bot.questions.progress(asked.id)
        assert found
        return found

    async def set(self, asked: Question, **fields: Any) -> None:
        """Write fields of a question's record."""
        redis: Any = self._redis
        await redis.hset(KEYS.question(asked.id), mapping=fields)

    async def earlier(self, asked: Question, seconds: float) -> None:
        """Let a question have been asked so many seconds earlier."""
        saved = await self.progress(asked)
        shift = round(seconds * 1000)
        times = {"asking_at": saved.asking_at - shift, "received_at": saved.received_at - shift}
        await self.set(asked, **times)
