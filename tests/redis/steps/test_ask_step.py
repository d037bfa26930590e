"""Asking Genie: what a refusal makes of a question that has left the line."""

from dataclasses import replace
from typing import cast

import pytest
from redis.asyncio import Redis

from bot.failures.retry import MAX_POST_RETRY_AFTER_SECONDS
from bot.identity.identities import shared_identity
from bot.records.progress import State
from bot.spaces.model import Space
from bot.steps.ask import AskStep
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.limiter import QUESTIONS, Bucket, Rate
from bot.store.threads import ThreadStore
from genie.client import Genie
from genie.errors import (
    Ambiguous,
    Forbidden,
    GenieError,
    NotFound,
    NotSent,
    RateLimited,
    SignInFailed,
    Unavailable,
)
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses, choose_space, private_first, same_question

pytestmark = pytest.mark.redis

RATE = Rate(2, 60)


class Databricks:
    """Refuses every question."""

    def __init__(self, refusal: GenieError) -> None:
        """Raise `refusal`."""
        self._refusal = refusal

    async def ask(self, _space: str, _text: str, *, visualization: bool) -> MessageRef:  # noqa: ARG002
        """Refuse."""
        raise self._refusal


class Late(Databricks):
    """Takes a question without a reply, and lists it when that is `listed`."""

    def __init__(self) -> None:
        """Have taken nothing."""
        super().__init__(Ambiguous())
        self.taken, self.listed = 0, False

    async def ask(self, space: str, text: str, *, visualization: bool) -> MessageRef:
        """Take it, and say nothing."""
        self.taken += 1
        return await super().ask(space, text, visualization=visualization)

    async def find(self, *_words: object, **_known: object) -> list[MessageRef]:
        """Return its message, or none yet."""
        return [MessageRef("s", "c", "m")] if self.listed else []


def step(bot: Bot, redis: "Redis", refusal: GenieError, max_token_age_seconds: float = 5.0) -> AskStep:
    """Return the step of a bot whose Genie refuses every question."""
    return AskStep(
        queue=bot.queue,
        responder=Responses(bot).responder,
        threads=ThreadStore(redis, KEYS),
        genie_of=shared_identity(cast("Genie", Databricks(refusal))),
        wait_for_conversation=cast("WaitForConversationStep", None),
        private_first=private_first(bot),
        question_bucket=Bucket(redis, KEYS, QUESTIONS, RATE),
        choose_space=choose_space(bot, redis),
        same_question=same_question(bot, redis),
        max_token_age_seconds=max_token_age_seconds,
    )


async def used(redis: "Redis") -> int:
    """Return how many tokens of the limit are out."""
    return await Bucket(redis, KEYS, QUESTIONS, RATE).used()


@pytest.mark.parametrize("refusal", [Unavailable(retry_after=3600.0), NotSent(retry_after=3600.0)])
async def test_nobody_waits_an_hour_without_a_word(redis: "Redis", refusal: GenieError) -> None:
    """An outage that names its end far away is tried again sooner, so that the thread hears of it."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await step(bot, redis, refusal).run(lease)
    due = await redis.zscore(KEYS.due, lease.question.id)
    assert due is not None
    assert 0 < due - lease.now <= MAX_POST_RETRY_AFTER_SECONDS * 1000 + 1000


@pytest.mark.parametrize(
    ("refusal", "tokens"),
    [
        pytest.param(SignInFailed(status=302), 0, id="way to a login page"),
        pytest.param(SignInFailed(status=200), 0, id="login page"),
        pytest.param(SignInFailed(status=401), 0, id="401 twice"),
        pytest.param(SignInFailed(status=403), 0, id="403 about the token twice"),
        pytest.param(SignInFailed("no credentials"), 0, id="no token to be had"),
        pytest.param(NotSent("no token could be had"), 0, id="no token in time"),
        pytest.param(NotSent(), 0, id="no connection"),
        pytest.param(Forbidden(status=403), 1, id="no right"),
        pytest.param(NotFound(status=404), 1, id="no conversation"),
        pytest.param(RateLimited(status=429), 1, id="one too many"),
        pytest.param(Unavailable(status=503), 1, id="overload"),
        pytest.param(Ambiguous(), 1, id="no reply"),
    ],
)
async def test_a_question_that_never_reached_genie_costs_no_token(
    redis: "Redis", refusal: GenieError, tokens: int
) -> None:
    """What Genie has not seen it does not count; whatever it may have seen counts as a question."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    assert await used(redis) == 1
    await step(bot, redis, refusal).run(lease)
    assert await used(redis) == tokens


async def test_only_the_token_of_the_refused_question_returns(redis: "Redis") -> None:
    """Those of questions that left at the same moment stay out, and the next in line takes the free one."""
    bot = Bot(redis, RATE)
    for name in ("1", "2", "3"):
        await bot.questions.accept(question(name, asker=f"U{name}"))
    await bot.announce()
    first, second = await bot.granted()
    assert await bot.granted() == []
    await step(bot, redis, SignInFailed(status=302)).run(first)
    [third] = await bot.granted()
    assert third.question.id not in {first.question.id, second.question.id}
    assert await used(redis) == RATE.capacity
    assert await bot.granted() == []


async def test_a_token_that_is_too_old_to_be_used_returns(redis: "Redis") -> None:
    """A question whose way was too slow stands in line once more and has cost nothing."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await step(bot, redis, NotSent(), max_token_age_seconds=-1.0).run(lease)
    assert await used(redis) == 0
    assert await redis.zscore(KEYS.line, lease.question.id) is not None


async def test_a_question_that_genie_lists_late_is_not_asked_twice(redis: "Redis") -> None:
    """Its POST got lost and left no trace in time: that is looked for once more before the next POST."""
    bot, genie, asked = Bot(redis), Late(), question("1")
    asking = replace(step(bot, redis, Ambiguous()), genie_of=shared_identity(cast("Genie", genie)))
    await bot.questions.accept(asked)
    await bot.announce()
    [lease] = await bot.granted()
    await asking.run(lease)
    await redis.zadd(KEYS.due, {asked.id: 0})
    [lease] = await bot.claim(1)
    await asking.run(replace(lease, now=lease.now + 13_000))
    genie.listed = True
    [again] = await bot.granted()
    await asking.run(again)
    found = await bot.questions.progress(asked.id)
    assert found
    assert (found.state, found.message, found.lost_at) == (State.ASKED, "m", 0)
    assert (genie.taken, await used(redis)) == (1, 1)


class Messages:
    """Records what is deleted."""

    def __init__(self) -> None:
        """Have deleted nothing."""
        self.deleted: list[tuple[str, str]] = []

    async def delete(self, channel: str, ts: str) -> None:
        """Record a message."""
        self.deleted.append((channel, ts))


async def test_a_question_whose_answer_has_become_private_is_announced_again(redis: "Redis") -> None:
    """Its placeholder leaves the channel and its token returns; moved, it is asked."""
    bot, messages = Bot(redis), Messages()
    first_look = private_first(bot, messages, private=True)
    ask = replace(step(bot, redis, SignInFailed("asked")), private_first=first_look)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await ask.run(lease)
    assert (messages.deleted, await used(redis)) == ([("C1", "1.0")], 0)
    [again] = await bot.claim(1)
    assert (again.progress.state, again.progress.ts, again.granted) == (State.RECEIVED, "", False)
    moved = replace(again, granted=True, question=replace(again.question, asked_in="C1"))
    assert not await first_look.begins_anew(moved)


async def test_a_space_that_was_not_decided_in_line_is_decided_before_the_post(redis: "Redis") -> None:
    """A question may become the first of its thread just after it was announced behind another one."""
    bot = Bot(redis)
    spaces = (Space("sales", "01ab", "revenue"), Space("finance", "01cd", "invoices"))
    asking = replace(step(bot, redis, Unavailable()), choose_space=choose_space(bot, redis, *spaces))
    for name, text in (("1", "invoices"), ("2", "what?")):
        await bot.questions.accept(question(name))
        await redis.hset(KEYS.question(f"T1.C1.{name}"), "text", text)
    await bot.announce()
    for lease in await bot.granted():
        await asking.run(lease)
    found, waits = [await bot.questions.progress(f"T1.C1.{name}") for name in ("1", "2")]
    assert found
    assert waits
    assert found.space == "01cd"
    assert (waits.space, waits.state, waits.choosing_at > 0) == ("", State.ANNOUNCED, True)
    assert await used(redis) == 1


async def test_a_question_behind_another_one_is_not_asked_in_the_default_space(redis: "Redis") -> None:
    """That one decides about the space: granted all the same, it gives its token back."""
    bot = Bot(redis)
    spaces = (Space("sales", "01ab", "revenue"), Space("finance", "01cd", "invoices"))
    asking = replace(step(bot, redis, Unavailable()), choose_space=choose_space(bot, redis, *spaces))
    late = question("2")
    await bot.questions.accept(late)
    await bot.announce()
    await redis.lpush(KEYS.thread_line(late.place, "2"), "T1.C1.1")
    [lease] = await bot.granted()
    await asking.run(lease)
    assert await used(redis) == 0
    found = await bot.questions.progress(late.id)
    assert found
    assert (found.state, found.space) == (State.ANNOUNCED, "")
    assert await bot.granted() == []


async def test_a_question_that_is_not_first_any_more_leaves_the_line(redis: "Redis") -> None:
    """No token is taken for it until the question before it in its thread has ended."""
    bot, late = Bot(redis), question("2")
    await bot.questions.accept(late)
    await redis.lpush(KEYS.thread_line(late.place, "2"), "T1.C1.1")
    await bot.announce()
    assert await redis.zcard(KEYS.line) == 0
    assert await bot.granted() == []
