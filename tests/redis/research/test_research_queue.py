"""Research in Redis: its own line and limit, the modes of a thread, its results, and how it is stopped."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Place, Question
from bot.store.limiter import RESEARCH, Bucket, Rate
from bot.store.listening import ListeningStore
from bot.store.questions import Bounds, QuestionStore
from bot.store.results import Receipt, Withdrawn
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, end_withdrawn, names, question

pytestmark = pytest.mark.redis

ONE = Rate(1, 60)


def research(name: str, asker: str = "U1", thread: str | None = None) -> Question:
    """Return a question for agent mode."""
    return replace(question(name, asker, thread), research=True)


async def begun(redis: "Redis", bot: Bot, name: str = "1", thread: str | None = None) -> QuestionLease:
    """Take research until Genie has it; the lease is kept."""
    await bot.questions.accept(research(name, thread=thread))
    await bot.announce()
    [lease] = await bot.granted()
    lease, _ = await ThreadStore(redis, KEYS).pick_conversation(lease, "s")
    ref = MessageRef("s", lease.progress.into or f"agent{name}", f"resp{name}")
    assert await bot.queue.asked(lease, ref, poll_in=0)
    return lease


async def test_neither_line_holds_up_the_other(redis: "Redis") -> None:
    """Research waits for tokens of its own, in a place of its own; so do questions in chat mode."""
    bot = Bot(redis, ONE, research_rate=ONE)
    for each in (research("1"), research("2", "U2"), question("3", "U3"), question("4", "U4")):
        await bot.questions.accept(each)
    places = {}
    for lease in await bot.claim(9):
        places[lease.question.id] = await bot.queue.join(lease)
        await bot.queue.release(lease, 15, state=State.ANNOUNCED)
    assert places["T1.C1.2"].number == 1  # behind the other research alone
    assert names(await bot.granted()) == ["3", "1"]


async def test_a_limit_that_is_reached_closes_its_own_line(redis: "Redis") -> None:
    """After a 429 to research, questions in chat mode leave as before."""
    bot = Bot(redis)
    for each in (research("1"), question("2", "U2")):
        await bot.questions.accept(each)
    await bot.announce()
    await Bucket(redis, KEYS, RESEARCH, ONE).close(60)
    assert names(await bot.granted()) == ["2"]


async def test_research_that_waits_keeps_no_question_out(redis: "Redis") -> None:
    """As many questions of a person may wait as without it."""
    bounds = Bounds(by_person=1, in_channel=1, rate=ONE, research_rate=ONE)
    questions = QuestionStore(redis, KEYS, 0, bounds)
    await Bucket(redis, KEYS, RESEARCH, ONE).close(60)
    receipts = [await questions.accept(each) for each in (research("1"), research("2"), question("3"))]
    assert receipts == [Receipt.ACCEPTED, Receipt.TOO_MANY_BY_PERSON, Receipt.ACCEPTED]


async def test_each_mode_of_a_thread_has_its_conversation(redis: "Redis") -> None:
    """Research goes on in that of the research before it, a question in that of the one before."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [chat] = await bot.granted()
    await bot.answer(chat)
    first = await begun(redis, bot, "2", "1")
    assert (first.progress.into, await threads.current(first, "s")) == ("", "agent2")
    await bot.queue.finish(first, State.DELIVERED)
    second = await begun(redis, bot, "3", "1")
    assert second.progress.into == "agent2"
    assert await threads.current(chat, "s") == "c1"
    kept = await redis.hkeys(KEYS.thread(chat.question.place, "1"))
    assert {"conversation:c1", "conversation:agent2"} <= set(kept)  # to be deleted with the thread


async def test_a_thread_that_began_with_research_goes_on_with_it(redis: "Redis") -> None:
    """What is said of such a thread is told with the first message in it, and of no other thread."""
    bot, listening = Bot(redis), ListeningStore(redis, KEYS)
    for each in (research("1"), question("2"), research("3", thread="2")):
        await bot.questions.accept(each)
    heard = [
        await listening.hear(Place("T1", "C1", each), "U1", "9.9", 2**60, to_people=False, may_answer=True)
        for each in ("1", "2")
    ]
    assert [each.research for each in heard] == [True, False]


async def test_where_agent_mode_is_off_research_becomes_a_question(redis: "Redis") -> None:
    """It stands in the line of questions then, and so do the replies in its thread."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS)
    await bot.questions.accept(research("1"))
    await bot.announce()
    [lease] = await bot.granted()
    left = await threads.leave_agent_mode(lease, "Agent mode is off.")
    await bot.queue.join(left)
    await bot.queue.release(left, 15, state=State.ANNOUNCED)
    [again] = await bot.granted()
    assert (again.question.research, again.progress.note) == (False, "Agent mode is off.")
    assert not await ListeningStore(redis, KEYS).is_research(again.question.place)


async def test_results_come_once_in_their_order_and_before_what_was_asked_later(redis: "Redis") -> None:
    """Each is a question of its own that only has to be shown, where its research stands in Genie."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS)
    lease = await begun(redis, bot)
    await bot.questions.accept(question("2", thread="1"))
    lease = await bot.queue.save(lease, message="m1")
    results = [
        replace(lease.question, id=f"{lease.question.id}.result.{n}", text=f"query {n}", research=False)
        for n in (1, 2)
    ]
    results = [replace(each, result_of=lease.question.id, attachment=f"a{each.text}") for each in results]
    for _ in range(2):
        await threads.add_results(lease, results)
    await bot.queue.finish(lease, State.DELIVERED)
    shown = []
    for _ in results:
        [mine] = [each for each in await bot.claim(9) if each.progress.state is State.ANSWERED]
        assert mine.progress.ref == MessageRef("s", "agent1", "m1")
        shown.append((mine.progress.text, mine.question.attachment))
        assert await bot.granted() == []  # the question waits for all of them
        await bot.queue.finish(mine, State.DELIVERED)
    assert shown == [("query 1", "aquery 1"), ("query 2", "aquery 2")]
    await redis.zadd(KEYS.due, {"T1.C1.2": 0})
    await bot.announce()
    assert names(await bot.granted()) == ["2"]


async def test_only_its_asker_stops_research(redis: "Redis") -> None:
    """Another replica hears of it while a worker reads; a second press is the same as the first."""
    reader, other = Bot(redis, name="reader"), Person(Bot(redis, name="other").questions._redis, KEYS)
    lease = await begun(redis, reader)
    assert await other.stop(lease.question.id, "U2") is Withdrawn.NOT_YOURS
    assert not await reader.queue.check_wanted(lease)
    assert [await other.stop(lease.question.id, "U1") for _ in range(2)] == [Withdrawn.RUNNING] * 2
    assert await reader.queue.check_wanted(lease) == 1
    await reader.queue.release(lease, 60)
    [again] = await reader.claim(1)  # at once
    assert again.progress.stopping == 1
    await reader.queue.advance(again, state=State.ANSWERED)
    assert await other.stop(lease.question.id, "U1") is Withdrawn.ENDED
    assert await other.stop("T1.C1.9", "U1") is Withdrawn.UNKNOWN


async def test_research_that_has_not_begun_is_withdrawn(redis: "Redis") -> None:
    """Genie never gets it, and nothing of it is left to do."""
    bot, person = Bot(redis), Person(redis, KEYS)
    await bot.questions.accept(research("1"))
    await bot.announce()
    assert await person.stop("T1.C1.1", "U1") is Withdrawn.WAITING
    assert await end_withdrawn(bot) == []
    assert await redis.zcard(KEYS.research_line) == await redis.zcard(KEYS.due) == 0


async def test_an_edit_that_makes_a_question_of_research_takes_no_place_of_its_line(redis: "Redis") -> None:
    """The new words stand in the line of questions, and wait for a token of that."""
    bot, person = Bot(redis), Person(redis, KEYS)
    asked = research("1")
    await bot.questions.accept(asked)
    await bot.announce()
    await person.edit(replace(asked, research=False), "something else")
    await end_withdrawn(bot)
    assert await redis.zcard(KEYS.research_line) == 0
    await redis.zadd(KEYS.due, {str(each): 0 for each in await redis.zrange(KEYS.due, 0, -1)})
    await bot.announce()
    assert [each.question.text for each in await bot.granted()] == ["something else"]
