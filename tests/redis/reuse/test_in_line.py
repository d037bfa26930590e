"""The same question at the limit: who stands in line takes what was sent, without a token."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.question import Question
from bot.store import reuse
from bot.store.limiter import Rate
from tests.redis.queue_moves import KEYS
from tests.redis.responses import private_first
from tests.redis.reuse.replicas import WORDS, Journal, Replica, question

pytestmark = pytest.mark.redis

ONE_TOKEN = Rate(1, 60)
FIRST, SECOND = question("1.1", "U1"), question("2.1", "U2")
OTHER = question("3.1", "U3", text="revenue by month")


@pytest.fixture(autouse=True)
def look_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often at a question that is just being sent."""
    monkeypatch.setattr(reuse, "WAIT_IN_LINE_MS", 20)


async def in_line(replica: Replica, *questions: Question) -> None:
    """Have questions stand in line, which come one after the other."""
    for each in questions:
        await replica.accept(each)
        await replica.turn()
        assert (await replica.progress(each)).state is State.ANNOUNCED


async def line(redis: "Redis") -> list[str]:
    """Return the names of the questions in line."""
    return [str(each).removeprefix("T1.C1.") for each in await redis.zrange(KEYS.line, 0, -1)]


async def test_what_was_sent_is_taken_without_a_token(redis: "Redis") -> None:
    """It leaves the line at once, and a later question of the same person has its place."""
    genie = Journal()
    replica = Replica(redis, genie, rate=ONE_TOKEN)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    later, last = question("4.1", "U2", text="orders"), question("5.1", "U5", text="customers")
    await replica.accept(OTHER, SECOND, later, last)
    await replica.turns(SECOND)
    saved, first = await replica.progress(SECOND), await replica.progress(FIRST)
    assert (saved.ref, saved.reused, saved.reused_at) == (first.ref, FIRST.id, 0)
    assert (saved.asking_at > 0, saved.in_line_at) == (True, 0)
    assert await line(redis) == ["4.1", "3.1", "5.1"]
    assert genie.asked == [WORDS]
    assert await replica.bucket.used() == 1


async def test_what_stands_in_line_learns_at_once_what_is_sent(redis: "Redis") -> None:
    """Not at its next look at its place, which may be minutes later."""
    genie = Journal()
    replica = Replica(redis, genie, rate=ONE_TOKEN)
    await replica.bucket.take()
    await in_line(replica, FIRST, OTHER, SECOND)
    await redis.delete(replica.bucket.grants)
    await replica.turns(FIRST, SECOND)
    assert genie.asked == [WORDS]
    assert await line(redis) == ["3.1"]


async def test_a_place_in_line_is_kept_while_the_same_is_being_sent(redis: "Redis") -> None:
    """If nothing comes of that, the question is asked in its turn."""
    genie = Journal()
    replica = Replica(redis, genie, rate=ONE_TOKEN)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.set(FIRST, state=State.ASKING, message="")
    await in_line(replica, SECOND, OTHER)
    assert await line(redis) == ["2.1", "3.1"]
    assert await redis.hget(KEYS.thread(SECOND.place, "2.1"), "reused") is None
    await replica.set(FIRST, state=State.DELIVERED, outcome="failed:Forbidden")
    await redis.delete(replica.bucket.grants)
    await replica.turns(SECOND)
    assert genie.asked == [WORDS] * 2
    assert await line(redis) == ["3.1"]


async def test_what_takes_nothing_is_nothing_to_take(redis: "Redis") -> None:
    """A private question looks in vain from its place in line, and stands in nobody's way."""
    genie = Journal()
    replica = Replica(redis, genie, rate=ONE_TOKEN)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await in_line(replica, question("4.1", "U4", "D4"))
    elsewhere = question("5.1", "U5", "C5")
    await replica.accept(elsewhere)
    await replica.turns(elsewhere)
    assert genie.asked == [WORDS]
    assert await line(redis) == ["4.1"]


class Deleted:
    """A Slack whose messages are deleted."""

    def __init__(self) -> None:
        """Begin with none."""
        self.messages: list[str] = []

    async def delete(self, _channel: str, ts: str) -> None:
        """Delete a message."""
        self.messages.append(ts)


async def test_nothing_is_taken_into_a_place_that_others_read_by_now(redis: "Redis") -> None:
    """The question begins anew, to be answered privately."""
    replica, slack = Replica(redis, Journal(), rate=ONE_TOKEN), Deleted()
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    private = private_first(replica.bot, slack, private=True)
    replica.announce = replace(replica.announce, same_question=replace(replica.same, private_first=private))
    await replica.accept(SECOND)
    await replica.turn()
    saved = await replica.progress(SECOND)
    assert (saved.state, saved.reused, slack.messages) == (State.RECEIVED, "", ["1.0"])


@pytest.mark.parametrize(
    ("rate", "people", "tries"),
    [
        pytest.param(ONE_TOKEN, 20, 1, id="many"),
        pytest.param(ONE_TOKEN, 4, 100, id="often", marks=pytest.mark.slow),
        pytest.param(Rate(1, 0.03), 4, 100, id="a token returns meanwhile", marks=pytest.mark.slow),
    ],
)
async def test_of_all_in_line_one_is_sent(redis: "Redis", rate: Rate, people: int, tries: int) -> None:
    """People ask the same of two replicas that have one token: all have the message of one question."""
    for number in range(tries):
        genie = Journal()
        crowd = [
            question(f"{number}.{at}", f"U{at}", f"C{at % 3}", f"{WORDS} {number}") for at in range(people)
        ]
        replicas = [Replica(redis, genie, name, rate=rate) for name in ("one", "two")]
        await replicas[0].accept(*crowd)
        await asyncio.gather(*(each.turns(*crowd) for each in replicas))
        assert len(genie.asked) == 1
        assert len({(await replicas[0].progress(each)).ref for each in crowd}) == 1
        assert rate.window < 1 or await replicas[0].bucket.used() == 1
        await redis.delete(replicas[0].bucket.grants)


@pytest.mark.parametrize(
    ("rate", "tries"),
    [(ONE_TOKEN, 1), pytest.param(Rate(1, 0.03), 100, marks=pytest.mark.slow)],
    ids=["full", "a token returns meanwhile"],
)
async def test_nobody_in_line_takes_what_another_one_asked_as_themselves(
    redis: "Redis", rate: Rate, tries: int
) -> None:
    """Each person has a message of their own."""
    for number in range(tries):
        mine, again, yours = (
            question(f"{number}.{at}", asker, text=f"{WORDS} {number}")
            for at, asker in enumerate(("U1", "U1", "U2"))
        )
        genie = Journal()
        replicas = [Replica(redis, genie, name, rate=rate, as_users=True) for name in ("one", "two")]
        await replicas[0].accept(mine, again)
        await asyncio.gather(*(each.turns(mine, again) for each in replicas))
        await replicas[0].accept(yours)
        await replicas[0].turn()
        await redis.delete(replicas[0].bucket.grants)
        await asyncio.gather(*(each.turns(yours) for each in replicas))
        saved = [await replicas[0].progress(each) for each in (mine, again, yours)]
        assert len(genie.asked) == 2
        assert saved[0].ref == saved[1].ref != saved[2].ref
        assert [each.asked_as for each in saved] == ["T1.U1", "T1.U1", "T1.U2"]
        await redis.delete(replicas[0].bucket.grants)
