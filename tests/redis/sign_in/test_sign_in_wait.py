"""Questions whose person has yet to sign in: out of the line for an hour, resumed by the sign-in."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.identity.model import NotSignedIn, SlackUser
from bot.identity.sign_in_wait import go_on_as_bot
from bot.records.job import Job, JobKind, Stage
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Place
from bot.slack.api import SlackUnreachable
from bot.store.grants import GrantRecord, GrantStore
from bot.store.jobs import JobStore
from bot.store.keys import SIGN_IN_WAIT_LIFETIME
from bot.store.limiter import QUESTIONS, Rate
from bot.store.scripts.script import LeaseLost, NotWanted
from bot.worker import Worker
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, names, question
from tests.redis.responses import Responses
from tests.redis.sign_in.private_words import SlackSide

pytestmark = pytest.mark.redis

ADA = SlackUser("T1", "U1")


async def waiting(redis: "Redis", *questions: str) -> tuple[Bot, SlackSide]:
    """Let some questions of one person wait for the sign-in."""
    bot, side = Bot(redis), SlackSide(redis)
    for name in questions:
        await bot.questions.accept(question(name))
        for lease in await bot.claim(10):
            assert await side.waits.begin(lease) is None
    return bot, side


async def signs_in(redis: "Redis") -> int:
    """Let Ada sign in, at any replica; return how much goes on by that."""
    return await GrantStore(redis, KEYS).save(ADA, GrantRecord("a sign-in", "encrypted"))


async def longer_than_it_may(redis: "Redis", record_id: str) -> None:
    """Let the wait of a question or a job be over."""
    await redis.hincrby(KEYS.question(record_id), "signing_in_at", -SIGN_IN_WAIT_LIFETIME)
    await redis.zadd(KEYS.due, {record_id: 0})


async def test_a_waiting_question_is_out_of_the_line_and_goes_on_after_the_sign_in(redis: "Redis") -> None:
    """Nobody stands behind it, no replica looks at it, and any replica's sign-in makes it due at once."""
    bot, _ = await waiting(redis, "1")
    assert await redis.zcard(KEYS.line) == 0
    claim = await bot.queue.claim(10)
    assert claim.leases == ()
    assert claim.wait == pytest.approx(SIGN_IN_WAIT_LIFETIME / 1000, abs=5)
    assert await signs_in(redis) == 1
    (lease,) = await Bot(redis, name="another").claim(10)
    assert (lease.progress.state, lease.progress.signing_in_at) == (State.RECEIVED, 0)


async def test_waiting_questions_slow_nobody_down(redis: "Redis") -> None:
    """They are not in flight, however many have yet to sign in: polls and charts are for the others."""
    bot, _ = await waiting(redis, "1", "2", "3")
    await bot.questions.accept(question("4", asker="U2"))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, MessageRef("s", "c4", "m4"), poll_in=0)
    [polled] = await bot.claim(10)
    assert polled.in_flight == 1


async def test_a_click_waits_and_is_told_of_its_end_where_it_stays(redis: "Redis") -> None:
    """What it could be answered by works for half an hour, so its end comes as a direct message."""
    bot, side = Bot(redis), SlackSide(redis)
    url = "https://hooks.example.com/1"
    job = Job("j1", JobKind.INSIGHTS, Place("T1", "C1", "1"), "U1", "T1.C1.1", response_url=url)
    await JobStore(redis, KEYS).enqueue(job)
    (lease,) = await bot.claim_jobs(10)
    assert await side.waits.begin(lease) is None
    assert [record_id for record_id, _ in side.told] == ["j1"]
    await signs_in(redis)
    (lease,) = await bot.claim_jobs(10)
    assert (lease.progress.stage, lease.progress.signing_in_at) == (Stage.QUEUED, 0)
    assert await side.waits.begin(lease) is None
    await longer_than_it_may(redis, "j1")
    (lease,) = await bot.claim_jobs(10)
    assert await side.waits.begin(lease) is causes.NOT_SIGNED_IN
    assert side.directly == ["j1"]
    await bot.queue.finish(lease, Stage.REFUSED)


async def test_a_sign_in_resumes_what_waits_for_that_person_only(redis: "Redis") -> None:
    """Another person's questions wait on."""
    bot, side = await waiting(redis, "1", "2")
    await bot.questions.accept(question("3", asker="U2"))
    (other,) = await bot.claim(10)
    assert await side.waits.begin(other) is None
    await signs_in(redis)
    assert names(await bot.claim(10)) == ["1", "2"]


async def test_a_token_that_was_granted_and_not_used_returns(redis: "Redis") -> None:
    """The sign-in ended just before the POST: others may ask, and the question waits as announced."""
    bot, side = Bot(redis, Rate(1, 60)), SlackSide(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    (lease,) = await bot.granted()
    assert await redis.llen(KEYS.grants(QUESTIONS)) == 1
    assert await side.waits.begin(lease) is None
    assert await redis.llen(KEYS.grants(QUESTIONS)) == 0
    assert await redis.hget(KEYS.question("T1.C1.1"), "state") == State.ANNOUNCED


async def test_later_questions_of_the_thread_stay_behind(redis: "Redis") -> None:
    """A thread's answers come in the order of its questions, however long the first one waits."""
    bot, _ = await waiting(redis, "1")
    await bot.questions.accept(question("2", asker="U2", thread="1"))
    assert await bot.announce() == ["T1.C1.2"]
    assert await bot.granted() == []
    await signs_in(redis)
    assert await bot.announce() == ["T1.C1.1"]
    (first,) = await bot.granted()
    await bot.answer(first)
    assert await bot.announce() == ["T1.C1.2"]


async def test_after_an_hour_the_end_is_told_and_the_next_question_begins(redis: "Redis") -> None:
    """The hour counts from the first wait, however often the question is looked at meanwhile."""
    bot, side = await waiting(redis, "1")
    await redis.hincrby(KEYS.question("T1.C1.1"), "signing_in_at", -SIGN_IN_WAIT_LIFETIME // 2)
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})
    (lease,) = await bot.claim(10)
    assert await side.waits.begin(lease) is None
    assert (await bot.queue.claim(10)).wait == pytest.approx(SIGN_IN_WAIT_LIFETIME / 2000, abs=5)
    await bot.questions.accept(question("2", asker="U2", thread="1"))
    await bot.announce()
    await longer_than_it_may(redis, "T1.C1.1")
    (lease,) = await bot.claim(10)
    assert await side.waits.begin(lease) is causes.NOT_SIGNED_IN
    await bot.queue.finish(lease, State.DELIVERED)
    assert names(await bot.claim(10)) == ["2"]


async def test_a_sign_in_during_a_step_is_not_missed(redis: "Redis") -> None:
    """A question that a worker has just then cannot be resumed, so it comes back within a second."""
    bot, side = await waiting(redis, "1")
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})
    (lease,) = await bot.claim(10)
    await signs_in(redis)
    assert await side.waits.begin(lease) is None
    assert (await bot.queue.claim(10)).wait == pytest.approx(1, abs=0.9)


async def test_a_sign_in_that_was_quicker_than_the_wait_is_not_missed(redis: "Redis") -> None:
    """A grant that is there by now makes the question due within a second."""
    bot, side = Bot(redis), SlackSide(redis)
    await bot.questions.accept(question("1"))
    (lease,) = await bot.claim(10)
    await redis.hset(KEYS.grant(ADA), "encrypted", "x")
    await redis.expire(KEYS.grant(ADA), 60)
    assert await side.waits.begin(lease) is None
    assert (await bot.queue.claim(10)).wait == pytest.approx(1, abs=0.9)


async def test_a_sign_out_ends_what_waits_and_what_runs_but_not_what_is_asked_later(redis: "Redis") -> None:
    """No link is sent for what was asked before, and a new question gets one again."""
    bot, side = await waiting(redis, "1")
    assert await side.waits.signed_out(ADA) == 1
    (lease,) = await bot.claim(10)
    side.told.clear()
    await redis.delete(KEYS.sign_in_told(ADA))
    assert await side.waits.begin(lease) is causes.SIGNED_OUT
    await bot.queue.finish(lease, State.DELIVERED)
    assert side.told == []
    await asyncio.sleep(0.002)  # the next millisecond of Redis's clock
    await bot.questions.accept(question("2"))
    (lease,) = await bot.claim(10)
    assert await side.waits.begin(lease) is None
    assert len(side.told) == 1


async def test_withdrawn_and_lost_questions_do_not_wait(redis: "Redis") -> None:
    """A question that nobody wants ends, and a worker that was too slow changes nothing."""
    bot, side = Bot(redis), SlackSide(redis)
    first = question("1")
    await bot.questions.accept(first)
    (lease,) = await bot.claim(10)
    await Person(redis, KEYS, bot.questions.bounds).edit(first, "other words")
    with pytest.raises(NotWanted):
        await side.waits.begin(lease)
    await redis.hset(KEYS.question("T1.C1.1"), "owner", "another")
    with pytest.raises(LeaseLost):
        await side.waits.begin(lease)
    assert await redis.zcard(KEYS.sign_in_waiting(ADA)) == 0


async def test_where_nobody_signs_in_any_more_all_goes_on(redis: "Redis") -> None:
    """After a change to IDENTITY=app, at the start; what waits for something else waits on."""
    bot, _ = await waiting(redis, "1")
    await bot.questions.accept(question("2", asker="U2"))
    [other] = await bot.claim(10)
    await bot.queue.release(other, 60)
    await go_on_as_bot(redis, KEYS)
    [lease] = await bot.claim(10)
    assert (lease.record.id, lease.progress.signing_in_at) == ("T1.C1.1", 0)


async def test_an_ended_question_is_not_resumed(redis: "Redis") -> None:
    """What was withdrawn while it waited has no step left to run."""
    bot, _ = await waiting(redis, "1")
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})
    (lease,) = await bot.claim(10)
    await bot.queue.finish(lease, State.DELIVERED)
    assert await signs_in(redis) == 0
    assert await bot.claim(10) == []


async def test_the_worker_lets_a_step_wait_and_ends_it_in_words(redis: "Redis") -> None:
    """Whatever step asks Databricks, the want of a sign-in is no failure."""
    bot, side = Bot(redis), SlackSide(redis)

    async def asks_as_its_person(_lease: QuestionLease) -> None:
        raise NotSignedIn

    responses = Responses(bot)
    worker = Worker(bot.queue, {State.RECEIVED: asks_as_its_person}, {}, responses.responder, side.waits)
    await bot.questions.accept(question("1"))
    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(10):
        while not await redis.hget(KEYS.question("T1.C1.1"), "signing_in_at"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert (len(side.told), responses.texts) == (1, [])
        await longer_than_it_may(redis, "T1.C1.1")
        while await bot.queue.active():  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.01)
    worker.stop()
    await running
    assert (side.directly, responses.texts) == (["T1.C1.1"], [])  # the channel reads nothing of it


async def test_of_several_questions_one_sends_a_link(redis: "Redis") -> None:
    """The others of that minute wait without a word."""
    _, side = await waiting(redis, "1", "2", "3")
    assert [record_id for record_id, _ in side.told] == ["T1.C1.1"]


async def test_killed_before_its_link_was_sent_a_question_sends_it_again(redis: "Redis") -> None:
    """The minute without links begins for the others, and not for the one that owes the link."""
    bot, side = Bot(redis), SlackSide(redis)
    await bot.questions.accept(question("1"))
    (lease,) = await bot.claim(10)
    side.away = True
    with pytest.raises(SlackUnreachable):
        await side.waits.begin(lease)
    side.away = False
    assert await side.waits.begin(lease) is None
    assert [record_id for record_id, _ in side.told] == ["T1.C1.1"]


async def test_a_link_that_could_not_be_sent_is_sent_for_the_next_question(redis: "Redis") -> None:
    """It would wait for an hour without a word if the first one, withdrawn meanwhile, still owed the link."""
    bot, side = Bot(redis), SlackSide(redis)
    for name in ("1", "2"):
        await bot.questions.accept(question(name))
    first, second = await bot.claim(10)
    side.away = True
    with pytest.raises(SlackUnreachable):
        await side.waits.begin(first)
    side.away = False
    assert await side.waits.begin(second) is None
    assert await side.waits.begin(first) is None
    assert [record_id for record_id, _ in side.told] == [second.record.id]


async def test_a_person_without_an_address_gets_words_and_no_link(redis: "Redis") -> None:
    """Nobody could tell whether whoever signs in is that person, for each question anew."""
    bot, side = Bot(redis), SlackSide(redis, U1="")
    for name in ("1", "2"):
        await bot.questions.accept(question(name))
        (lease,) = await bot.claim(10)
        assert await side.waits.begin(lease) is causes.NO_EMAIL
        await bot.queue.finish(lease, State.DELIVERED)
    assert side.told == []


async def test_pressed_links_say_that_it_is_done(redis: "Redis") -> None:
    """Where Slack told us of a click it lets us change the message, once."""
    side = SlackSide(redis)
    await side.messages.pressed(ADA, "https://hooks.example.com/1")
    await side.messages.done(ADA)
    await side.messages.done(ADA)
    assert side.replaced == ["https://hooks.example.com/1"]
