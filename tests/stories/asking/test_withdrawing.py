"""People change their mind: they withdraw a question that waits, or stop waiting for one that runs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.kill import kill_unheard
from tests.stories.world import ADA, BEN, CHLOE, GENIE, PATIENT_SLACK, SALES, World, company, words_of

pytestmark = pytest.mark.redis

SLOWLY = Timing(total=lambda question: 2.0 if "slowly" in question else 0.3)
QUESTION = f"{GENIE} revenue by region last year"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open a company in which Genie takes one question in four seconds."""
    async with company(
        redis_url,
        timing=SLOWLY,
        QUESTIONS_PER_MINUTE="1",
        QUESTION_WINDOW_SECONDS="1",
        QUESTION_GUARD_SECONDS="3",
    ) as opened:
        await opened.start_bot()
        yield opened


async def in_line(world: World, thread: str) -> Message:
    """Wait until a thread's only message of the bot offers to withdraw its question."""

    def waits() -> Message | None:
        ours = world.ours(thread)
        return ours[-1] if ours and words.changes.WITHDRAW in words_of(ours[-1]) else None

    return await world.slack.until(waits)


async def told(world: World, user: str) -> Message:
    """Wait for what only this person is told."""

    def ephemeral() -> Message | None:
        return next((each for each in reversed(world.slack.ephemerals) if each.for_user == user), None)

    return await world.slack.until(ephemeral)


async def busy(world: World, question: str = QUESTION) -> str:
    """Let Ada ask what takes the only token."""
    thread = await world.ask(question)
    await world.asked()
    return thread


def asked(world: World) -> list[str]:
    """Return what Genie was asked."""
    return [each.content for each in world.databricks.questions()]


async def test_a_question_in_line_is_withdrawn_by_its_button(world: World) -> None:
    """Its message goes away, it costs no token, and who waited behind it is next."""
    await busy(world)
    waiting = await world.ask(f"{GENIE} orders by month", BEN)
    placeholder = await in_line(world, waiting)
    behind = await world.ask(f"{GENIE} units by category", CHLOE)
    await in_line(world, behind)
    await world.slack.click(BEN, SALES, placeholder.ts, "withdraw")
    await world.slack.until(lambda: not world.ours(waiting))
    await world.answer(behind)
    assert asked(world) == ["revenue by region last year", "units by category"]
    assert world.slack.ephemerals == ()


@pytest.mark.slow
async def test_what_was_withdrawn_is_asked_once_it_is_corrected(world: World) -> None:
    """Nothing was shown of it, so there is nothing to ask its writer about."""
    await busy(world)
    waiting = await world.ask(f"{GENIE} ordrs by month", BEN)
    placeholder = await in_line(world, waiting)
    await world.slack.click(BEN, SALES, placeholder.ts, "withdraw")
    await world.slack.until(lambda: not world.ours(waiting))
    await world.slack.edit(BEN, SALES, waiting, f"{GENIE} orders by month")
    await world.answer(waiting)
    assert asked(world)[1:] == ["orders by month"]
    assert world.slack.ephemerals == ()


async def test_a_question_that_redis_lost_says_so(world: World, redis_url: str) -> None:
    """Redis was restarted with nothing in it: the button replaces the place in line with what happened."""
    await busy(world, f"{GENIE} revenue by region, slowly")
    waiting = await world.ask(f"{GENIE} orders by month", BEN)
    placeholder = await in_line(world, waiting)
    async with Redis.from_url(redis_url) as redis:
        await redis.delete(*[key async for key in redis.scan_iter(f"*{world.environment['REDIS_PREFIX']}*")])
    await world.slack.click(BEN, SALES, placeholder.ts, "withdraw")
    await world.slack.until(lambda: [words_of(each) for each in world.ours(waiting)] == [words.changes.LOST])
    assert world.slack.ephemerals == ()


@pytest.mark.slow
async def test_others_cannot_withdraw_a_question(world: World) -> None:
    """Whoever presses the button of somebody else is told so, alone, and the question stays in line."""
    await busy(world)
    waiting = await world.ask(f"{GENIE} orders by month", BEN)
    placeholder = await in_line(world, waiting)
    await world.slack.click(ADA, SALES, placeholder.ts, "withdraw")
    assert (await told(world, ADA)).text == words.changes.NOT_YOURS
    await world.answer(waiting)
    assert asked(world)[1:] == ["orders by month"]


async def test_the_next_question_of_the_thread_begins_at_once(world: World) -> None:
    """A reply that waited behind a question of its thread moves up when that is withdrawn."""
    await busy(world)
    waiting = await world.ask(f"{GENIE} orders by month", BEN)
    placeholder = await in_line(world, waiting)
    await world.ask(f"{GENIE} only EMEA", CHLOE, thread=waiting)
    await world.slack.until(lambda: words.progress.BEHIND_PREVIOUS in words_of(world.ours(waiting)[-1]))
    await world.slack.click(BEN, SALES, placeholder.ts, "withdraw")
    await world.answer(waiting)
    assert asked(world)[1:] == ["only EMEA"]
    assert len([each for each in world.ours(waiting) if not each.files]) == 1


async def test_cancel_withdraws_the_newest_question_and_names_it(world: World) -> None:
    """`/genie cancel` takes the last one in this channel that has not ended, then the one before."""
    await busy(world)
    first = await world.ask(f"{GENIE} orders by month", BEN)
    await in_line(world, first)
    await world.slack.command(BEN, SALES, "/genie", "units by category")
    root = await world.slack.until(
        lambda: next((each for each in world.slack.workspace.roots(SALES) if each.bot_id), None)
    )
    await in_line(world, root.ts)
    await world.slack.command(BEN, SALES, "/genie", "cancel")
    assert (await told(world, BEN)).text == words.changes.withdrawn("units by category")
    await world.slack.until(lambda: root.ts not in world.slack.workspace.messages[SALES])
    await world.slack.command(BEN, SALES, "/genie", "Cancel ")
    assert world.slack.ephemerals[-1].text == words.changes.withdrawn("orders by month")
    await world.slack.until(lambda: not world.ours(first))
    await world.slack.command(BEN, SALES, "/genie", "cancel")
    assert world.slack.ephemerals[-1].text == words.changes.NOTHING
    assert asked(world) == ["revenue by region last year"]


async def test_genie_cannot_be_stopped(world: World) -> None:
    """Whose question runs is told so; nothing of it is shown, and its thread goes on after it."""
    thread = await busy(world, f"{GENIE} revenue by region, slowly")
    await world.ask(f"{GENIE} only EMEA", BEN, thread=thread)
    await world.slack.until(lambda: len(world.ours(thread)) > 1)
    await world.slack.command(ADA, SALES, "/genie", "cancel")
    assert (await told(world, ADA)).text == words.changes.stopped("revenue by region, slowly")
    await world.slack.until(lambda: len(world.ours(thread)) == 1)
    answer = await world.answer(thread)
    assert [each.content for each in world.databricks.questions()][1:] == ["only EMEA"]
    assert answer.ts == world.ours(thread)[0].ts


@pytest.mark.slow
async def test_a_private_question_is_cancelled_from_its_channel(world: World) -> None:
    """Its direct messages are left without a trace of it."""
    await busy(world)
    await world.slack.command(BEN, SALES, "/genie", "private orders by month")
    direct = world.slack.workspace.direct(BEN).id
    [root] = await world.slack.until(lambda: world.slack.workspace.roots(direct))
    await world.slack.until(lambda: world.ours(root.ts, direct))
    await world.slack.command(BEN, SALES, "/genie", "cancel")
    assert world.slack.ephemerals[-1].text == words.changes.withdrawn("orders by month")
    await world.slack.until(lambda: not world.slack.workspace.messages[direct])


async def test_a_private_question_is_cancelled_before_it_is_asked(world: World) -> None:
    """Slack does not open the direct messages at once: the question has not got there, and never does."""
    world.slack.faults.add(Fault(path="/api/conversations.open", status=503, times=None))
    await world.slack.command(BEN, SALES, "/genie", "private orders by month")
    await world.slack.command(BEN, SALES, "/genie", "cancel")
    assert world.slack.ephemerals[-1].text == words.changes.withdrawn("orders by month")
    world.slack.faults.clear()
    await world.until(lambda: any("job.ended" in line for line in world.bots[-1].log))
    await world.slack.command(BEN, SALES, "/genie", "cancel")
    assert world.slack.ephemerals[-1].text == words.changes.NOTHING
    assert asked(world) == []


@pytest.mark.slow
async def test_a_private_question_leaves_nothing_behind_withdrawn_follow_ups(world: World) -> None:
    """What the bot wrote for it goes away, though more was asked in its thread and taken back."""
    await busy(world)
    await world.slack.command(BEN, SALES, "/genie", "private orders by month")
    direct = world.slack.workspace.direct(BEN).id
    [root] = await world.slack.until(lambda: world.slack.workspace.roots(direct))
    await world.slack.until(lambda: world.ours(root.ts, direct))
    follow_up = await world.ask("only EMEA", BEN, channel=direct, thread=root.ts)
    await world.slack.until(lambda: len(world.ours(root.ts, direct)) == 2)
    await world.slack.delete(BEN, direct, follow_up)
    await world.slack.until(lambda: len(world.ours(root.ts, direct)) == 1)
    await world.slack.command(BEN, SALES, "/genie", "cancel")
    await world.slack.until(lambda: not world.slack.workspace.messages[direct])


async def test_a_deleted_question_is_withdrawn(world: World) -> None:
    """Whoever deletes the message of a question in line takes it back: its placeholder goes with it."""
    await busy(world)
    waiting = await world.ask(f"{GENIE} orders by month", BEN)
    await in_line(world, waiting)
    behind = await world.ask(f"{GENIE} units by category", CHLOE)
    await world.slack.delete(BEN, SALES, waiting)
    await world.slack.until(lambda: waiting not in world.slack.workspace.messages[SALES])
    await world.answer(behind)
    assert asked(world) == ["revenue by region last year", "units by category"]
    assert not [each for each in world.slack.workspace.messages[SALES].values() if each.thread_ts == waiting]


@pytest.mark.slow
async def test_nothing_is_shown_of_a_deleted_question_that_runs(world: World) -> None:
    """Its placeholder goes at once, and the next question of the thread follows it."""
    thread = await world.ask(f"{GENIE} units by category")
    await world.answer(thread)
    reply = await world.ask("revenue by region, slowly", thread=thread)
    await world.asked(2)
    await world.ask("orders by month", thread=thread)
    await world.slack.delete(ADA, SALES, reply)
    await world.answer(thread, 2)
    assert [each.content for each in world.databricks.questions()][1:] == [
        "revenue by region, slowly",
        "orders by month",
    ]
    assert "EMEA" not in str([call.arguments for call in world.slack.request_log])
    assert len([each for each in world.ours(thread) if not each.files]) == 2


@pytest.mark.parametrize("word", ["stop", pytest.param("Abbrechen!", marks=pytest.mark.slow)])
async def test_stop_alone_in_a_thread_is_for_ones_own_question_there(world: World, word: str) -> None:
    """It is no question; the person alone is told what became of the one that waited."""
    await busy(world)
    thread = await world.ask(f"{GENIE} orders by month", BEN)
    await in_line(world, thread)
    await world.ask(f"{GENIE} only EMEA", CHLOE, thread=thread)
    await world.ask(word, BEN, thread=thread)
    reply = await told(world, BEN)
    assert (words_of(reply), reply.thread_ts) == (words.changes.withdrawn("orders by month"), thread)
    await world.answer(thread)
    assert asked(world)[1:] == ["only EMEA"]


@pytest.mark.slow
async def test_stop_in_a_direct_message_is_for_the_last_question(world: World) -> None:
    """Written outside of a thread it means the newest one that has not ended; with none left it says so."""
    direct = world.slack.workspace.direct(ADA).id
    thread = await world.ask("revenue by region, slowly", channel=direct)
    await world.asked()
    await world.ask("stop", channel=direct)
    assert words_of(await told(world, ADA)) == words.changes.stopped("revenue by region, slowly")
    await world.slack.until(lambda: not world.ours(thread, direct))
    await world.ask("stop", channel=direct)
    await world.slack.until(lambda: words_of(world.slack.ephemerals[-1]) == words.changes.NOTHING)
    assert asked(world) == ["revenue by region, slowly"]


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 0.1])
async def test_a_bot_killed_after_a_deletion_leaves_nothing(redis_url: str, seconds: float) -> None:
    """Its successor takes the placeholder away, shows no answer, and goes on with the thread."""
    # The successor gets the deletion however long it takes to start.
    slack = replace(PATIENT_SLACK, retry_delays=(0.5,) * 30)
    async with company(redis_url, timing=SLOWLY, slack=slack) as world:
        bot = await world.start_bot()
        thread = await world.ask(f"{GENIE} units by category")
        await world.answer(thread)
        reply = await world.ask("revenue by region, slowly", thread=thread)
        await world.slack.until(lambda: len([each for each in world.ours(thread) if not each.files]) == 2)
        await world.slack.delete(ADA, SALES, reply)
        await asyncio.sleep(seconds)  # the moment is the point of this test
        await kill_unheard(world, bot)
        await world.start_bot()
        await world.ask("orders by month", thread=thread)
        await world.answer(thread, 2)
        await world.until(lambda: asked(world)[-1] == "orders by month")
        assert asked(world).count("revenue by region, slowly") <= 1
        assert len([each for each in world.ours(thread) if not each.files]) == 2
        assert "EMEA" not in str([call.arguments for call in world.slack.request_log])
