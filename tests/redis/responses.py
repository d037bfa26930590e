"""The one fake of the responder: records how questions and jobs end, and ends them in Redis."""

from typing import Any, cast

from redis.asyncio import Redis

from bot.failures.model import Cause
from bot.records.job import Stage
from bot.records.lease import JobLease, Lease
from bot.records.progress import Placeholder, State
from bot.records.question import Place
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.responder import Responder
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.steps.choose_space import ChooseSpace
from bot.steps.private_first import PrivateFirst
from bot.steps.same_question import SameQuestion
from bot.store.reuse import ReuseStore
from bot.store.spaces import SpaceStore
from bot.store.threads import ThreadStore
from render.blockkit.reply import Reply
from tests.redis.queue_moves import KEYS, Bot


class Responses:
    """What would have gone to Slack."""

    as_users = False
    catalog = Catalog((Space("", "s"),))

    def __init__(self, bot: Bot) -> None:
        """Finish in the queue of `bot`."""
        self.bot, self.texts, self.outcomes = bot, list[str](), list[str]()

    @property
    def responder(self) -> Responder:
        """This, as a step takes it."""
        return cast("Responder", self)

    async def respond_and_close(self, lease: Lease, reply: Reply, outcome: str | Cause) -> None:
        """Record the text, and close."""
        self.texts.append(reply.text)
        await self.close(lease, outcome)

    async def ephemeral(self, _lease: Lease, sentence: str) -> None:
        """Record what one user is told."""
        self.texts.append(sentence)

    async def reject(self, lease: JobLease, sentence: str, outcome: str | Cause) -> None:
        """Record the words, and close."""
        self.texts.append(sentence)
        await self.close(lease, outcome)

    async def fail(self, lease: Lease, cause: Cause) -> None:
        """Record the words of the cause, and close."""
        self.texts.append(cause.words)
        await self.close(lease, cause)

    async def update_placeholder(
        self, _lease: Lease, _news: Placeholder, _reply: Reply, _place: int = 0
    ) -> dict[str, str]:
        """Have nothing to save."""
        return {}

    async def close(self, lease: Lease, outcome: str | Cause, end: State | None = None) -> None:
        """Record the outcome, and finish."""
        self.outcomes.append(outcome.name if isinstance(outcome, Cause) else outcome)
        done = Stage.DONE if isinstance(lease, JobLease) else State.DELIVERED
        await self.bot.queue.finish(lease, end or done)


class Privacy:
    """Has all answers private, or none."""

    def __init__(self, *, private: bool) -> None:
        """Decide for all."""
        self._private = private

    async def wants_private(self, _place: Place, _asker: str) -> bool:
        """Tell what was decided."""
        return self._private


def private_first(bot: Bot, messages: object = None, *, private: bool = False) -> PrivateFirst:
    """Return what looks whether an answer is private, without a Slack."""
    slack: Any = None
    return PrivateFirst(
        queue=bot.queue,
        responder=Responses(bot).responder,
        privacy=cast("AnswerPrivacy", Privacy(private=private)),
        direct_messages=slack,
        messages=cast("Any", messages),
        threads=slack,
        users=slack,
    )


def choose_space(bot: Bot, redis: "Redis", *spaces: Space) -> ChooseSpace:
    """Return what finds the space of a question; by default there is but one, called `s`."""
    return ChooseSpace(
        queue=bot.queue,
        responder=Responses(bot).responder,
        catalog=Catalog(spaces or (Space("", "s"),)),
        spaces=SpaceStore(redis, KEYS),
    )


def same_question(bot: Bot, redis: "Redis", *, minutes: int = 0, as_users: bool = False) -> SameQuestion:
    """Return what shares answers for so many minutes, by default for none."""
    return SameQuestion(
        queue=bot.queue,
        responder=Responses(bot).responder,
        reuse=ReuseStore(redis, KEYS, minutes=minutes, as_users=as_users),
        catalog=choose_space(bot, redis).catalog,
        threads=ThreadStore(redis, KEYS, as_users=as_users),
        private_first=private_first(bot),
    )
