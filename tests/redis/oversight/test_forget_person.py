"""Forgetting a person: what is theirs goes, what is others' stays, and nothing on its way is lost."""

import inspect
from collections.abc import Iterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.audit import Audit
from bot.records.job import Job, JobKind, Stage, published
from bot.records.progress import State
from bot.records.question import Place
from bot.store.feedback import Feedback, FeedbackStore, Rater
from bot.store.grants import GrantRecord, GrantStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.oversight.forget_person import ANY_TEAM, Forgotten, forget_person, own_keys
from genie.model import MessageRef, Rating
from tests.redis.queue_moves import KEYS, Bot, Person, end_withdrawn, question

pytestmark = pytest.mark.redis

AUDIT = Audit(days=30, content=True)
KEPT = {
    "grant_lock": "held for the seconds of one purchase",
    "home": "a mark of some minutes",
    "home_turn": "a mark of some seconds",
    "line_own": "ids of questions that wait",
    "person_changed": "a mark of one minute",
    "research_line_own": "ids of research that waits",
    "research_waiting_by_person": "ids of research that waits",
    "sign_in_waiting": "ids of questions that wait",
    "signed_out": "a time, so that nothing asked before goes on",
    "waiting_by_person": "ids of questions that wait",
}
"""Keys of a person that end by themselves, and why they are left to that."""


async def asked(redis: "Redis", name: str, user: str, *, ended: bool = True) -> None:
    """Have a user ask something, and rate and export the answer if it has come."""
    bot, mine = Bot(redis), replace(question(name, asker=user), text=f"secret of {user}")
    await bot.questions.accept(mine)
    if not ended:
        return
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, MessageRef("s", f"c{name}", f"m{name}"), poll_in=0)
    [lease] = [each for each in await bot.claim(9) if each.question.id == mine.id]
    await bot.queue.finish(lease, State.DELIVERED, audited=AUDIT.of(lease, "answered", f"SELECT '{user}'"))
    rater = Rater(mine.id, mine.place, user)
    await FeedbackStore(redis, KEYS).record(rater, Feedback(Rating.NEGATIVE, 7, f"secret of {user}"))
    export = Job(f"{mine.id}.export.csv", JobKind.EXPORT, mine.place, user, about=mine.id)
    await JobStore(redis, KEYS).enqueue(export)
    for job in await bot.claim_jobs(9):
        await bot.queue.finish(job, Stage.DONE, audited=AUDIT.of(job, "exported"))


async def everything(redis: "Redis") -> Iterator[str]:
    """Return all that Redis holds, as text."""
    found = []
    async for key in redis.scan_iter():
        match await redis.type(key):
            case "hash":
                found.append(f"{key} {await redis.hgetall(key)}")
            case "stream":
                found.append(f"{key} {await redis.xrange(key)}")
            case "string":
                found.append(f"{key} {await redis.get(key)!r}")
            case "list":
                found.append(f"{key} {await redis.lrange(key, 0, -1)}")
    return iter(found)


async def test_nothing_that_a_person_said_is_left(redis: "Redis") -> None:
    """Words, ratings with their reasons, audit and sign-in go; those of others stay as they are."""
    await asked(redis, "1", "U1")
    await asked(redis, "2", "U2")
    await GrantStore(redis, KEYS).save(SlackUser("T1", "U1"), GrantRecord("name", "encrypted of U1"))
    forgotten = await forget_person(redis, KEYS, "T1", "U1")
    # The question, the export, and the job that takes the rating to Genie.
    assert (forgotten.audited, forgotten.asked, forgotten.rated, forgotten.running) == (2, 3, 1, 0)
    left = [*await everything(redis)]
    assert [each for each in left if "of U1" in each or "'U1'" in each or "SELECT 'U1'" in each] == []
    assert sum("secret of U2" in each for each in left) == 3
    assert sum("'user', 'U2'" in each or "'user': 'U2'" in each for each in left) == 1
    assert await forget_person(redis, KEYS, "T1", "U1") == Forgotten()


async def test_a_question_on_its_way_is_answered_all_the_same(redis: "Redis") -> None:
    """It is counted, so that forgetting can be repeated when it has ended."""
    await asked(redis, "1", "U1", ended=False)
    forgotten = await forget_person(redis, KEYS, ANY_TEAM, "U1")
    assert (forgotten.asked, forgotten.running) == (0, 1)
    [lease] = await Bot(redis).claim(1)
    assert lease.question.text == "secret of U1"


async def test_a_question_behind_another_of_its_thread_is_answered_all_the_same(redis: "Redis") -> None:
    """It is not due while it waits for that one, and so begins when that one ends; its thread goes on."""
    bot = Bot(redis)
    for name in ("1", "2", "3"):
        await bot.questions.accept(question(name, thread="1"))
    await bot.announce()
    forgotten = await forget_person(redis, KEYS, "T1", "U1")
    assert (forgotten.asked, forgotten.running) == (0, 3)
    for name in ("1", "2", "3"):
        [lease] = await bot.granted()
        assert lease.question.text == f"what about {name}?"
        await bot.answer(lease)
        await bot.announce()
    assert (await forget_person(redis, KEYS, "T1", "U1")).asked == 3


async def test_a_question_that_was_just_edited_is_answered_all_the_same(redis: "Redis") -> None:
    """Its new words are not due either until the old ones pass on their place to them."""
    bot, first = Bot(redis), question("1")
    await bot.questions.accept(first)
    await bot.announce()
    await Person(redis, KEYS).edit(first, "what about 2?")
    assert (await forget_person(redis, KEYS, "T1", "U1")).running == 2
    await end_withdrawn(bot)
    await bot.announce()
    [lease] = await bot.granted()
    assert lease.question.text == "what about 2?"


async def test_the_reason_that_genie_was_told_of_a_shared_answer_is_forgotten(redis: "Redis") -> None:
    """It stands among the ratings of the private answer, and the rating among those of the shared one."""
    await asked(redis, "1", "U1")
    private, shared = question("1").id, published(question("1").id)
    given = Feedback(Rating.NEGATIVE, 8, "secret of U2")
    await redis.hset(
        KEYS.ratings(shared), Rater(shared, Place("T1", "C1", "1"), "U2").name, "8 NEGATIVE secret of U2"
    )
    await FeedbackStore(redis, KEYS).note_sent_to_genie(private, given)
    assert (await forget_person(redis, KEYS, "T1", "U2")).rated == 1
    left = [*await everything(redis)]
    assert [each for each in left if "secret of U2" in each] == []
    assert await redis.hlen(KEYS.ratings(private)) == 1  # what the other person thinks of it


async def test_slack_cannot_hand_a_forgotten_question_in_again(redis: "Redis") -> None:
    """What stays of its record is that it was there."""
    await asked(redis, "1", "U1")
    await forget_person(redis, KEYS, "T1", "U1")
    assert await Bot(redis).questions.accept(question("1")) == "duplicate"


async def test_the_same_id_in_another_workspace_is_another_person(redis: "Redis") -> None:
    """Ids of people are unique in their workspace only; an operator may mean all of them."""
    await asked(redis, "1", "U1")
    assert await forget_person(redis, KEYS, "T2", "U1") == Forgotten()
    assert (await forget_person(redis, KEYS, ANY_TEAM, "U1")).asked == 3


def test_every_key_of_a_person_is_deleted_or_ends_by_itself() -> None:
    """A new kind of key that belongs to a person has to say which of both it is."""
    given = {"team": "T1", "user": "U1", "asker": "U1", "channel": "*", "place": Place("T1", "*", "*")}
    patterns = set(own_keys(KEYS, SlackUser("T1", "U1")))
    for name, method in inspect.getmembers(Keys, inspect.isfunction):
        parameters = [each for each in inspect.signature(method).parameters if each != "self"]
        if {"user", "asker"} & set(parameters):
            values = [given.get(each, "*") for each in parameters]
            if inspect.signature(method).parameters.get("user") and len(parameters) == 1:
                values = [SlackUser("T1", "U1")]
            if parameters == ["asker"]:
                values = ["T1.U1"]
            assert (method(KEYS, *values) in patterns) != (name in KEPT), name
