"""Edited questions on real Redis: what the scripts do at every moment of a question's life."""

import json
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.store import keys
from bot.store.limiter import Rate
from bot.store.questions import Bounds
from bot.store.results import Receipt, Revised, Withdrawn
from bot.store.scripts.script import NotWanted
from genie.model import MessageRef
from tests.redis.queue_moves import EDITS, KEYS, Bot, Person, end_withdrawn, question
from tests.redis.research.test_research_queue import begun, research

pytestmark = pytest.mark.redis


@pytest.fixture
def person(redis: "Redis") -> Person:
    """Return the person who asks."""
    return Person(redis, KEYS)


async def test_an_edited_question_keeps_its_place_in_line(redis: "Redis", person: Person) -> None:
    """Its new words stand where the old ones stood, with their message, before those who asked later."""
    bot = Bot(redis, Rate(1, 60))
    for number in range(3):
        await bot.questions.accept(question(str(number), asker=f"U{number}"))
    await bot.announce()
    [_] = await bot.granted()
    first = question("1", asker="U1")
    assert await person.edit(first, "new words") is Revised.REVISED
    assert await end_withdrawn(bot) == []
    [lease] = await bot.claim(10)
    assert (lease.question.text, lease.progress.ts) == ("new words", "1.0")
    assert await redis.zrange(KEYS.line, 0, -1) == [lease.question.id, "T1.C1.2"]
    assert await redis.lrange(KEYS.thread_line(first.place, "1"), 0, -1) == [lease.question.id]


async def test_new_words_count_among_those_that_wait(redis: "Redis", person: Person) -> None:
    """In place of the old ones: an edit makes no room for one question more."""
    bot = Bot(redis)
    bot.questions.bounds = Bounds(by_person=1, in_channel=1, rate=Rate(0, 60))
    assert await bot.questions.accept(question("1")) is Receipt.ACCEPTED
    await person.edit(question("1"), "new words")
    assert await bot.questions.accept(question("2")) is Receipt.TOO_MANY_BY_PERSON


async def test_old_words_are_never_granted_a_token(redis: "Redis", person: Person) -> None:
    """From the moment of the edit the line passes over them, before any worker has looked at them."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    await person.edit(question("1"), "new words")
    assert await bot.granted() == []


async def test_a_step_that_runs_ends_before_the_new_words_begin(redis: "Redis", person: Person) -> None:
    """A worker that is posting the placeholder saves it; the new words take over that message."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    [posting] = await bot.claim(10)
    await person.edit(question("1"), "new words")
    assert await bot.claim(10) == []
    await bot.queue.release(posting, 15, state=State.ANNOUNCED, ts="7.0")
    assert await end_withdrawn(bot) == []
    [lease] = await bot.claim(10)
    assert (lease.question.text, lease.progress.ts) == ("new words", "7.0")


async def test_a_step_that_parks_its_question_gives_it_back_at_once(redis: "Redis", person: Person) -> None:
    """Behind another question of its thread nothing would wake it for its withdrawal."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("2", thread="1"))
    _, second = await bot.claim(10)
    await bot.queue.join(second)
    assert await person.withdraw("T1.C1.2", "U1") is Withdrawn.WAITING
    await bot.queue.park(second, state=State.ANNOUNCED)
    [lease] = await bot.claim(10)
    assert lease.progress.withdrawn == 1


@pytest.mark.parametrize("move", ["advance", "finish", "check"])
async def test_nothing_is_shown_of_a_question_that_was_edited(
    redis: "Redis", person: Person, move: str
) -> None:
    """A worker with an answer in its hands is told before it shows the answer, and after."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    await person.edit(question("1"), "new words")
    moves = {
        "advance": bot.queue.advance(lease, state=State.SHOWN),
        "finish": bot.queue.finish(lease, State.DELIVERED),
        "check": bot.queue.check_wanted(lease),
    }
    for name, call in moves.items():
        if name == move:
            with pytest.raises(NotWanted):
                await call
        else:
            call.close()
    await bot.queue.release(lease, 0)
    assert await end_withdrawn(bot) == []


@pytest.mark.parametrize("research", [False, True])
async def test_a_question_with_genie_is_followed_before_the_new_words_are_asked(
    redis: "Redis",
    person: Person,
    research: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Its message goes to the new words at once; these wait for its end, and begin a conversation anew."""
    bot, first = Bot(redis), replace(question("1"), research=research)
    await bot.questions.accept(first)
    await bot.announce()
    [lease] = await bot.granted()
    await redis.hset(KEYS.question("T1.C1.1"), "into", "")
    await bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=0)
    if research:  # which keeps its lease, to read on
        await bot.queue.release(lease, 0)
    await person.edit(first, "new words")
    [old] = await bot.claim(10)
    assert await bot.queue.pass_on(old) == ""
    [new] = await bot.claim(10)
    assert (new.question.text, new.progress.ts, new.progress.fresh) == ("new words", "1.0", 1)
    assert (await bot.queue.join(new)).number is None
    await bot.queue.park(new, state=State.ANNOUNCED)
    await bot.queue.finish(old, State.WITHDRAWN)
    await bot.announce()
    assert [each.question.text for each in await bot.granted()] == ["new words"]


@pytest.mark.parametrize("handed_over", [False, True])
async def test_the_last_of_several_edits_is_asked(
    redis: "Redis",
    person: Person,
    handed_over: bool,  # noqa: FBT001
) -> None:
    """Whether a worker has looked between them or not, one message is left and one question."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    await person.edit(question("1"), "second words")
    if handed_over:
        await end_withdrawn(bot)
        await bot.announce()
    await person.edit(question("1"), "third words")
    leases: list[QuestionLease] = []
    for _ in range(3):
        leases += await end_withdrawn(bot)
    assert [(each.question.text, each.progress.ts) for each in leases] == [("third words", "1.0")]
    assert len(await redis.lrange(KEYS.thread_line(question("1").place, "1"), 0, -1)) == 1


async def test_words_in_between_begin_nothing(redis: "Redis", person: Person) -> None:
    """Before the first words have handed over their message, the last ones post none of their own."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    [posting] = await bot.claim(10)
    await person.edit(question("1"), "second words")
    await person.edit(question("1"), "third words")
    assert await end_withdrawn(bot) == []
    assert await bot.claim(10) == []
    await bot.queue.release(posting, 15, state=State.ANNOUNCED, ts="7.0")
    await end_withdrawn(bot)
    [lease] = await bot.claim(10)
    assert (lease.question.text, lease.progress.ts) == ("third words", "7.0")


async def test_edits_that_come_twice_or_late_are_nothing(redis: "Redis", person: Person) -> None:
    """Slack sends events again, and not always in order; the last edit by its own time counts."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    early, late = next(EDITS), next(EDITS)
    assert await person.edit(question("1"), "late", late) is Revised.REVISED
    assert await person.edit(question("1"), "late", late) is Revised.UNCHANGED
    assert await person.edit(question("1"), "early", early) is Revised.UNCHANGED
    assert (
        await person.edit(question("1"), "late") is Revised.UNCHANGED
    )  # with the same words, as by an unfurl


async def test_an_edit_after_the_answer_asks_nothing(redis: "Redis", person: Person) -> None:
    """Its writer decides, and has one offer for all edits of a while."""
    bot, first = Bot(redis), question("1")
    await bot.questions.accept(first)
    await bot.announce()
    await bot.answer(*await bot.granted())
    offered = next(EDITS)
    for _ in range(2):  # Slack sends an edit again whose offer a process did not live to make
        assert await person.edit(first, "new words", offered) is Revised.ANSWERED
    assert await person.edit(first, "newer words") is Revised.OFFERED
    later = offered + keys.OFFER_LIFETIME * 1000 + 2
    assert await person.edit(first, "much later words", later) is Revised.ANSWERED
    assert await person.edit(first, "more of them", later + 1) is Revised.OFFERED
    await person.take_offer("T1.C1.1")
    assert await person.edit(first, "words after the new answer", later + 2) is Revised.ANSWERED


async def test_an_edit_after_a_report_asks_nothing(redis: "Redis", person: Person) -> None:
    """Also where the report was shown before Genie's message of it was there."""
    bot = Bot(redis)
    await bot.queue.finish(await begun(redis, bot), State.DELIVERED)
    assert await person.edit(research("1"), "new words") is Revised.ANSWERED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<@UBOT> by month", "by month"),
        ("by month", "<@UBOT|genie>, by month"),
        ("and, <@UBOT>, by month", "and by  month"),
    ],
)
async def test_the_mention_alone_changes_no_words(
    redis: "Redis", person: Person, before: str, after: str
) -> None:
    """Genie gets a question without it; somebody else's is one of its words."""
    bot, first = Bot(redis), replace(question("1"), text=before)
    await bot.questions.accept(first)
    assert await person.edit(first, after) is Revised.UNCHANGED
    assert await person.edit(first, f"{before} <@UBEN>") is Revised.REVISED


@pytest.mark.parametrize("taken_back", [False, True])
async def test_an_edit_does_not_pass_the_bounds(
    redis: "Redis",
    taken_back: bool,  # noqa: FBT001
) -> None:
    """What was no question, or none any more, counts anew; one that waits makes room for its new words."""
    bot, bounds = Bot(redis), Bounds(by_person=1, in_channel=9, rate=Rate(0, 60))
    person, first, second = Person(redis, KEYS, bounds), question("1"), question("2")
    await bot.questions.accept(first)
    if taken_back:
        await person.withdraw(first.id, "U1")
        await end_withdrawn(bot)
    else:  # it got help
        [greeted] = await bot.claim(1)
        await bot.queue.finish(greeted, State.DELIVERED)
    await bot.questions.accept(second)
    assert await person.edit(first, "new words") is Revised.TOO_MANY_BY_PERSON
    assert await person.edit(second, "new words") is Revised.REVISED
    in_channel = Person(redis, KEYS, Bounds(by_person=9, in_channel=1, rate=Rate(0, 60)))
    assert await in_channel.edit(first, "newer words") is Revised.TOO_MANY_IN_CHANNEL


async def test_words_that_explain_why_genie_was_not_asked_are_replaced(
    redis: "Redis", person: Person
) -> None:
    """After help for an empty mention, an edit asks at once, and the answer takes the place of the help."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    await bot.queue.finish(await bot.queue.save(lease, ts="5.0"), State.DELIVERED)
    assert await person.edit(question("1"), "new words") is Revised.REVISED
    [lease] = await bot.claim(1)
    assert (lease.question.text, lease.progress.ts) == ("new words", "5.0")


async def test_an_edit_of_what_was_no_question_is_unknown(redis: "Redis", person: Person) -> None:
    """Nothing is stored of it."""
    assert await person.edit(question("1"), "new words") is Revised.UNKNOWN
    assert [key async for key in redis.scan_iter()] == []


def test_a_question_that_revises_none_is_stored_as_before() -> None:
    """A replica of the version before, which knows no such field, reads it."""
    assert "revises" not in json.loads(question("1").to_json())


@pytest.mark.parametrize(
    ("old", "new", "result"),
    [
        ("<@UBOT> revenue", "revenue", Revised.UNCHANGED),
        ("revenue, <@UBOT|genie> ,: <@UBOT> by region", "revenue by  region", Revised.UNCHANGED),
        ("<@UBOT>: revenue\n<@UBOT>", " revenue ", Revised.UNCHANGED),
        ("revenue, by region", "revenue by region", Revised.REVISED),
        ("revenue <@U0ADA>", "revenue", Revised.REVISED),
        ("a" + " ," * 100_000 + "<@UBOT> b", "a b", Revised.UNCHANGED),
        ("a" + " ," * 100_000 + "b", "a b", Revised.REVISED),
    ],
    ids=["front", "middle", "both", "comma", "person", "long", "long and other"],
)
async def test_a_mention_is_no_part_of_the_words(
    person: Person, redis: "Redis", old: str, new: str, result: Revised
) -> None:
    """With what sets it off; in a long text that keeps Redis as short as in any other."""
    await Bot(redis).questions.accept(replace(question("1"), text=old))
    assert await person.edit(question("1"), new) is result
