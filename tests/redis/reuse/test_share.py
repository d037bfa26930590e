"""The same question at the same time: one Genie message, whoever asks and whichever replica."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.question import Question, Surface
from bot.slack.users import Person, to_json
from bot.store.scripts.script import LUA
from genie.errors import RateLimited, Unavailable
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS
from tests.redis.reuse.replicas import WORDS, Journal, Replica, question

pytestmark = pytest.mark.redis

ELSEWHERE, PRIVATE = question("3.1", "U2", "C2"), question("4.1", "U2", "D2")
DAY_MS = 24 * 3600 * 1000
FIRST, SECOND = question("1.1", "U1"), question("2.1", "U2")


async def asked_at_once(redis: "Redis", *questions: Question, as_users: bool = False) -> Journal:
    """Let two replicas take some questions at the same time."""
    genie = Journal()
    replicas = [Replica(redis, genie, name, as_users=as_users) for name in ("one", "two")]
    await replicas[0].accept(*questions)
    await asyncio.gather(*(each.turns(*questions) for each in replicas))
    return genie


@pytest.mark.parametrize("tries", [5, pytest.param(100, marks=pytest.mark.slow)])
async def test_two_replicas_ask_once(redis: "Redis", tries: int) -> None:
    """Two people ask the same at once, in two channels: Genie gets one question, both have its message."""
    for number in range(tries):
        first = question(f"{number}.1", "U1", "C1", f"{WORDS} {number}")
        second = question(f"{number}.2", "U2", "C2", f"{WORDS.upper()}  {number}?")
        genie = await asked_at_once(redis, first, second)
        assert len(genie.asked) == 1
        replica = Replica(redis, genie)
        assert (await replica.progress(first)).ref == (await replica.progress(second)).ref
        assert await replica.bucket.used() == 1
        await redis.delete(replica.bucket.grants)


@pytest.mark.parametrize("tries", [2, pytest.param(100, marks=pytest.mark.slow)])
async def test_two_identities_ask_twice(redis: "Redis", tries: int) -> None:
    """Where people ask as themselves each has a message of their own, for all that one person asks."""
    for number in range(tries):
        mine, again, yours = (
            question(f"{number}.{at}", asker, text=f"{WORDS} {number}")
            for at, asker in enumerate(("U1", "U1", "U2"))
        )
        genie = await asked_at_once(redis, mine, again, yours, as_users=True)
        assert len(genie.asked) == 2
        replica = Replica(redis, genie)
        refs = [(await replica.progress(each)).ref for each in (mine, again, yours)]
        assert refs[0] == refs[1] != refs[2]
        await redis.delete(replica.bucket.grants)


@pytest.mark.parametrize(
    ("second", "seconds", "asked"),
    [
        pytest.param(SECOND, 30, 1, id="within a minute"),
        pytest.param(ELSEWHERE, 30, 1, id="elsewhere, at once"),
        pytest.param(PRIVATE, 30, 2, id="privately"),
        pytest.param(SECOND, 240, 1, id="four minutes later"),
        pytest.param(ELSEWHERE, 240, 2, id="elsewhere, later"),
        pytest.param(SECOND, 330, 2, id="too late"),
        pytest.param(replace(SECOND, text="revenue by month"), 30, 2, id="other words"),
        pytest.param(replace(SECOND, text=f"{WORDS} in 2024"), 30, 2, id="one more word"),
        pytest.param(replace(SECOND, surface=Surface.BUTTON), 30, 2, id="a button"),
        pytest.param(replace(SECOND, fresh=True), 30, 2, id="fresh"),
        pytest.param(replace(SECOND, revises="T1.C1.0"), 30, 2, id="an edit"),
        pytest.param(replace(SECOND, place=FIRST.place), 30, 2, id="a follow-up"),
    ],
)
async def test_which_question_has_the_answer_of_another(
    redis: "Redis", second: Question, seconds: float, asked: int
) -> None:
    """The same words at the same time, or soon after in the same channel, and nothing that wants more."""
    genie = Journal()
    replica = Replica(redis, genie)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.earlier(FIRST, seconds)
    await redis.delete(KEYS.thread_line(FIRST.place, "1.1"))
    await replica.accept(second)
    await replica.turns(second)
    assert len(genie.asked) == asked
    saved, first = await replica.progress(second), await replica.progress(FIRST)
    assert (saved.reused == FIRST.id) is (asked == 1)
    assert saved.reused_at == (first.received_at if asked == 1 and seconds > 60 else 0)


async def test_an_answer_from_elsewhere_is_reused_where_it_stands(redis: "Redis") -> None:
    """Who asks it later in that channel has it, too, and reads who asked it there."""
    genie, later = Journal(), question("5.1", "U3", "C2")
    replica = Replica(redis, genie)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.accept(ELSEWHERE)
    await replica.turns(ELSEWHERE)
    for each in (FIRST, ELSEWHERE):
        await replica.earlier(each, 120)
    await replica.accept(later)
    await replica.turns(later)
    assert len(genie.asked) == 1
    assert (await replica.progress(later)).reused == ELSEWHERE.id


async def test_what_was_asked_privately_meanwhile_keeps_nobody_from_an_answer(redis: "Redis") -> None:
    """Who asks it elsewhere has that of the first channel: of three questions two are sent."""
    genie, elsewhere = Journal(), question("5.1", "U3", "C2")
    replica = Replica(redis, genie)
    for each in (FIRST, PRIVATE, elsewhere):
        await replica.accept(each)
        await replica.turns(each)
    assert len(genie.asked) == 2
    assert (await replica.progress(elsewhere)).reused == FIRST.id


async def test_an_answer_does_not_pass_from_one_to_the_next_for_ever(redis: "Redis") -> None:
    """Asked again and again within a minute elsewhere, it is said to be older, and asked anew in the end."""
    genie = Journal()
    replica, told = Replica(redis, genie), []
    asked = [FIRST, *(question(f"{at}.1", f"U{at}", "C2") for at in range(5, 14))]
    for number, each in enumerate(asked):
        await replica.accept(each)
        await replica.turns(each)
        told.append((await replica.progress(each)).reused_at > 0)
        for earlier in asked[: number + 1]:
            await replica.earlier(earlier, 50)
    assert told[:4] == [False, False, True, True]
    assert len(genie.asked) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn": 1},
        {"state": State.DELIVERED, "outcome": "failed:BadRequest"},
        {"state": State.OVERDUE},
        {"state": State.ANNOUNCED, "message": ""},
    ],
    ids=["withdrawn", "failed", "overdue", "in line again"],
)
async def test_a_question_without_an_answer_is_no_ones(redis: "Redis", fields: dict[str, object]) -> None:
    """What was asked first and came to nothing is asked by the next."""
    genie = Journal()
    replica = Replica(redis, genie)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.set(FIRST, **fields)
    await replica.accept(SECOND)
    await replica.turns(SECOND)
    assert len(genie.asked) == 2


@pytest.mark.parametrize(
    "thread",
    [{"epoch": "1", "fresh": "1"}, {"epoch": "1"}, {"question:T1.C1.0": ""}],
    ids=["fresh", "new", "second"],
)
async def test_only_what_begins_a_thread_shares(redis: "Redis", thread: dict[str, str]) -> None:
    """Not what is asked after `/genie new`, nor after a question that got no answer."""
    genie = Journal()
    replica = Replica(redis, genie)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.accept(SECOND)
    begun: Any = redis
    await begun.hset(KEYS.thread(SECOND.place, "2.1"), mapping=thread)
    await replica.turns(SECOND)
    assert len(genie.asked) == 2


async def test_switched_off(redis: "Redis") -> None:
    """With REUSE_MINUTES=0 each question is asked."""
    genie = Journal()
    replica = Replica(redis, genie, minutes=0)
    await replica.accept(FIRST, SECOND)
    await replica.turns(FIRST, SECOND)
    assert len(genie.asked) == 2


@pytest.mark.parametrize(("seconds_of_day", "asked"), [(5, 2), (12 * 3600, 1)], ids=["midnight", "noon"])
async def test_yesterdays_answer_is_not_todays(redis: "Redis", seconds_of_day: int, asked: int) -> None:
    """Whatever the words, both have to be asked on one day of the asker's clock."""
    genie = Journal()
    replica = Replica(redis, genie)
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.earlier(FIRST, 30)
    now, _ = await redis.time()
    ahead = (seconds_of_day - now + 12 * 3600) % (24 * 3600) - 12 * 3600
    await redis.set(KEYS.person("T1", "U2"), to_json(Person(utc_offset=ahead)), px=1000)
    await replica.accept(SECOND)
    await replica.turns(SECOND)
    assert len(genie.asked) == asked


@pytest.mark.parametrize(
    ("hours", "offset_hours", "began"),
    [(10, 0, 0), (10, 2, 0), (10, -7, 7), (23, 2, 22), (3, -4, 0), (5, -4, 4), (1, 12, 0)],
)
async def test_when_today_began(redis: "Redis", hours: int, offset_hours: int, began: int) -> None:
    """At midnight by UTC or by the asker's clock, whichever was last."""
    began_ms = 20_000 * DAY_MS
    lua = (LUA / "lib" / "day.lua").read_text()
    now, offset = began_ms + hours * 3_600_000, offset_hours * 3600
    found = await redis.eval(f"{lua}\nreturn day_began({now}, {offset})", 0)
    assert found - began_ms == began * 3_600_000


async def hold_first(replica: Replica) -> None:
    """Have the first question just being asked, and the second one wait for it."""
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    await replica.set(FIRST, state=State.ASKING, message="")
    await replica.accept(SECOND)
    while (await replica.progress(SECOND)).state is not State.REUSING:
        await replica.turn()


async def test_a_question_waits_for_one_that_is_just_being_asked(redis: "Redis") -> None:
    """It has no token meanwhile, and goes on with the message of the other one."""
    replica = Replica(redis, Journal())
    await hold_first(replica)
    assert await replica.bucket.used() == 1
    await replica.turn()
    assert (await replica.progress(SECOND)).state is State.REUSING
    await replica.set(FIRST, state=State.ASKED, message="m")
    await replica.turns(SECOND)
    assert (await replica.progress(SECOND)).ref == MessageRef("s", "c0", "m")


@pytest.mark.parametrize("seconds", [0.0, 61.0], ids=["the other failed", "the other never ends"])
async def test_nobody_waits_for_ever(redis: "Redis", seconds: float) -> None:
    """A question goes on by itself where the other one has ended, or is not asked in a minute."""
    genie = Journal()
    replica = Replica(redis, genie)
    await hold_first(replica)
    if seconds:
        await replica.earlier(FIRST, seconds)
    else:
        await replica.set(FIRST, state=State.DELIVERED, outcome="failed:Forbidden")
    await replica.turns(SECOND)
    assert genie.asked == [WORDS] * 2


@pytest.mark.parametrize("refusal", [RateLimited(status=429, retry_after=0.1), Unavailable(status=503)])
async def test_one_refused_by_genie_leaves_the_other_its_turn(redis: "Redis", refusal: Exception) -> None:
    """Both are asked in the end, with one question, whichever of them comes first then."""
    genie = Journal(refusals=[refusal])  # type: ignore[list-item]
    replicas = [Replica(redis, genie, name) for name in ("one", "two")]
    await replicas[0].accept(FIRST, SECOND)
    await asyncio.gather(*(each.turns(FIRST, SECOND) for each in replicas))
    assert len(genie.asked) == 1
