"""The first word: at once, unless it names a place in line, which events on their way may still change."""

from dataclasses import replace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.identity.identities import no_sign_in
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Notice
from bot.replies.asker_guard import AskerGuard
from bot.replies.responder import Responder
from bot.slack.api import SlackUnreachable
from bot.slack.messages import Messages, Posted
from bot.slack.openings import Openings
from bot.slack.users import Person, Users
from bot.steps.announce import MAX_LOOKS, AnnounceStep
from bot.steps.private_first import PrivateFirst
from bot.store.limiter import Rate
from bot.store.threads import ThreadStore
from render import words
from render.blockkit.reply import Reply
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses, choose_space, same_question

pytestmark = pytest.mark.redis

SETTLE_SECONDS = 60.0


class Everything:
    """Takes every message, and keeps what it says."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.texts: list[str] = []

    async def post(self, _channel: str, _thread: str, reply: Reply, _mark: str, **_how: Any) -> Posted:
        """Take a message."""
        self.texts.append(reply.text)
        return Posted("1.0")


class Everybody:
    """Answers everybody."""

    async def rejection_in_step(self, _team: str, _user: str, _channel: str, *, external: bool) -> None:
        """Have nothing against anybody."""


class NobodyIsKnown:
    """A Slack that does not say who asks, nor perhaps anything of others."""

    def __init__(self, *, away: bool) -> None:
        """Be `away` for all."""
        self._away = away
        self.told: list[str] = []

    async def rejection_in_step(self, *_who: str, **_how: bool) -> None:
        """Say nothing of who asks."""
        raise SlackUnreachable("HTTP 500")

    async def ask(self, _team: str, user: str) -> Person:
        """Say who the bot is."""
        if self._away:
            raise SlackUnreachable("HTTP 500")
        return Person(user)

    async def decline(self, _lease: QuestionLease, sentence: str, _outcome: str) -> None:
        """Tell the asker."""
        self.told.append(sentence)


class InItsPlace:
    """Answers each question where it was asked."""

    async def move(self, lease: QuestionLease) -> QuestionLease:
        """Leave it there."""
        return lease

    tell_channel = move


IN_ITS_PLACE = InItsPlace()


class Elsewhere:
    """Keeps the questions that are brought to where they are answered."""

    def __init__(self) -> None:
        """Begin with none."""
        self.moved: list[str] = []

    async def move(self, lease: QuestionLease) -> None:
        """Keep it."""
        self.moved.append(lease.question.text)


async def announced(redis: "Redis", bot: Bot, place: object = IN_ITS_PLACE) -> list[str]:
    """Announce all that is due; return the words that were posted."""
    posted = Everything()
    step = announce_step(redis, bot, posted, place)
    for lease in await bot.claim(10):
        await step.run(lease)
    return posted.texts


def announce_step(redis: "Redis", bot: Bot, posted: Everything, place: object = IN_ITS_PLACE) -> AnnounceStep:
    """Return the step, without a Slack."""
    return AnnounceStep(
        queue=bot.queue,
        responder=Responses(bot).responder,
        messages=cast("Messages", posted),
        openings=cast("Openings", None),
        threads=ThreadStore(redis, KEYS),
        users=Users(cast("Any", None), redis, KEYS),
        guard=cast("AskerGuard", Everybody()),
        private_first=cast("PrivateFirst", place),
        choose_space=choose_space(bot, redis),
        same_question=same_question(bot, redis),
        signed_in=no_sign_in,
        bot_user="U0BOT",
        starters=(),
    )


async def test_the_first_word_does_not_wait_for_the_order_of_the_line(redis: "Redis") -> None:
    """Only the token does: an earlier question may still be on its way."""
    bot, later = Bot(redis, settle=SETTLE_SECONDS), Bot(redis)
    await bot.questions.accept(question("1"))
    assert await announced(redis, bot) == [words.progress.WORKING]
    assert await bot.granted() == []
    assert len(await later.granted()) == 1


async def test_no_place_is_told_that_may_still_change(redis: "Redis") -> None:
    """Without a free token the first word names a place, so it comes when the order is settled."""
    rate = Rate(1, 60)
    bot, later = Bot(redis, rate, settle=SETTLE_SECONDS), Bot(redis, rate)
    for number in range(2):
        await bot.questions.accept(question(str(number), asker=f"U{number}"))
    assert await announced(redis, bot) == [words.progress.WORKING]
    due = await redis.zscore(KEYS.due, "T1.C1.1")
    received_at = int((await redis.hmget(KEYS.question("T1.C1.1"), "received_at"))[0] or 0)
    assert due is not None
    assert abs(due - received_at - SETTLE_SECONDS * 1000) <= 1000
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})  # as if the moment were over
    [lease] = [lease for lease in await later.claim(10) if not lease.granted]
    assert lease.progress.state is State.RECEIVED
    assert lease.progress.attempts == 0
    await later.queue.postpone(lease, 0)
    assert [text.startswith("Number 1 in line") for text in await announced(redis, later)] == [True]
    kept = await redis.hmget(KEYS.question("T1.C1.1"), "received_at", "in_line_at")
    assert int(kept[1] or 0) >= int(kept[0] or 0) > 0


async def test_help_in_place_of_words_that_moved_goes_where_they_went(redis: "Redis") -> None:
    """It has their message, which does not stand in the channel."""
    bot, elsewhere = Bot(redis), Elsewhere()
    asked = replace(question("1"), notice=Notice.HELP)
    await bot.questions.accept(asked)
    await redis.hset(KEYS.question(asked.id), "ts", "2.0")
    await redis.hset(KEYS.thread(asked.place, "1"), "private:T1.U1", "3.0")
    await announced(redis, bot, elsewhere)
    assert elsewhere.moved == [asked.text]


@pytest.mark.parametrize("away", [False, True])
async def test_who_stays_unknown_is_told_unless_slack_is_away_for_all(redis: "Redis", *, away: bool) -> None:
    """The look is repeated a few times first; an outage ends no question."""
    bot, slack = Bot(redis), NobodyIsKnown(away=away)
    await bot.questions.accept(question("1"))
    guard, users = cast("AskerGuard", slack), cast("Users", slack)
    whole = announce_step(redis, bot, Everything())
    step = replace(whole, guard=guard, users=users, responder=cast("Responder", slack))
    looks = 0
    while not slack.told and looks < MAX_LOOKS + 2:
        [lease] = await bot.claim(10)
        looks += 1
        try:
            await step.run(lease)
        except SlackUnreachable:
            await bot.queue.fail(lease, 0)
    expected = ([], MAX_LOOKS + 2) if away else ([words.access.NOT_KNOWN], MAX_LOOKS)
    assert (slack.told, looks) == expected
