"""No question is lost and none is asked twice: kill -9, restarts, replicas, lost connections."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from redis.asyncio import Redis

import bot.steps.ask
from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from tests.stories.kill import kill
from tests.stories.world import ADA, BEN, GENIE, SALES, company, kinds, waiting, words_of

pytestmark = pytest.mark.redis

SLOW = Timing(total=lambda _: 3.0)
OTHER_MOMENTS = [pytest.param(each, marks=pytest.mark.slow) for each in (0.0, 0.02, 0.05, 0.1, 0.3, 3.1, 3.6)]
"""Seconds between a question and the kill, besides those of the quick run."""
QUESTION = f"{GENIE} revenue by region last year"


async def test_a_killed_bot_goes_on_where_it_was(tmp_path: Path) -> None:
    """Kill -9 while a question is polled, then a new start: one answer, one message in Genie, one in Slack.

    With the embedded store, which must survive the kill too.
    """
    async with company(None, timing=SLOW, data_dir=tmp_path / "bot's data") as world:
        bot = await world.start_command()
        asked = await world.ask(QUESTION)
        await world.until(lambda: any(each.kind == "poll" for each in world.databricks.request_log))
        await bot.end(signal.SIGKILL)
        await world.start_bot()
        answer = await world.answer(asked)
        await world.chart(answer)
        assert len(world.ours(asked)) == 1
        assert len(world.databricks.questions()) == 1


@pytest.mark.parametrize("seconds", [1.0, 3.3, *OTHER_MOMENTS])
async def test_a_bot_killed_at_any_moment_answers_once(redis_url: str, seconds: float) -> None:
    """Whenever the only process dies, its successor asks Genie once and shows one answer."""
    async with company(redis_url, timing=SLOW) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        await asyncio.sleep(seconds)  # the moment is the point of this test
        await kill(world, bot)
        await world.start_bot()
        await world.answer(asked)
        assert len([each for each in world.ours(asked) if not each.files]) == 1
        assert len(world.databricks.questions()) == 1


async def test_a_dead_replicas_questions_are_taken_over(redis_url: str) -> None:
    """With two replicas the survivor finishes what the dead one began, within 15 seconds."""
    async with company(redis_url, timing=SLOW) as world:
        one, two = await world.start_bot(), await world.start_bot(PORT="0")
        threads = [await world.ask(QUESTION, user) for user in (ADA, BEN) * 3]
        await world.asked(6)
        await one.end(signal.SIGKILL)
        for thread in threads:
            await world.answer(thread, within=15)
            assert len([each for each in world.ours(thread) if not each.files]) == 1
        assert len(world.databricks.questions()) == 6
        assert two.process.returncode is None


async def test_two_replicas_answer_each_question_once(redis_url: str) -> None:
    """Events spread over two replicas, redelivered ones too, give one Genie message and one answer each."""
    async with company(redis_url) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        threads = [await world.ask(QUESTION, user) for user in (ADA, BEN) * 4]
        for thread in threads:
            await world.answer(thread)
            assert len([each for each in world.ours(thread) if not each.files]) == 1
        assert len(world.databricks.questions()) == 8


async def test_a_stopped_bot_drains_and_leaves_the_rest(redis_url: str) -> None:
    """SIGTERM ends the bot within seconds with exit code 0, and the next one answers."""
    async with company(redis_url, timing=SLOW) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.asked()
        async with asyncio.timeout(10):
            assert await bot.end(signal.SIGTERM) == 0
        await world.start_bot()
        await world.answer(asked)
        assert len(world.databricks.questions()) == 1


async def test_an_event_is_redelivered_when_it_could_not_be_stored(redis_url: str) -> None:
    """While the bot is away Slack keeps the event, and the question is asked when the bot is back."""
    async with company(redis_url) as world:
        bot = await world.start_bot()
        await bot.end(signal.SIGKILL)
        asked = await world.ask(QUESTION)
        await world.start_bot()
        answer = await world.answer(asked)
        assert "data_table" in kinds(answer)


async def test_a_question_whose_post_was_cut_off_is_not_asked_twice(redis_url: str) -> None:
    """Genie took the question and the connection broke: the bot finds it again instead of repeating it."""
    async with company(redis_url) as world:
        world.databricks.faults.add(Fault(path="*/start-conversation", drop=True, after=True))
        await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        assert "data_table" in kinds(answer)
        assert len(world.databricks.questions()) == 1


async def test_a_follow_up_whose_post_was_cut_off_is_not_asked_twice(redis_url: str) -> None:
    """The same for a follow-up, which is looked up in its conversation."""
    async with company(redis_url) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        world.databricks.faults.add(
            Fault(path="*/conversations/*/messages", method="POST", status=502, after=True)
        )
        await world.ask("and by month?", thread=asked)
        await world.answer(asked, 2)
        assert len(world.databricks.questions()) == 2


def look_briefly() -> None:
    """Let a process look only 3 seconds long for a question in Genie's lists."""
    vars(bot.steps.ask).update(LISTED_SECONDS=3.0)


async def test_a_question_that_never_arrived_is_asked_again(redis_url: str) -> None:
    """The connection broke before Genie took the question: after a look at Genie's lists it is asked."""
    async with company(redis_url) as world:
        world.databricks.faults.add(Fault(path="*/start-conversation", drop=True))
        await world.start_bot(prepare=look_briefly)
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        assert "data_table" in kinds(answer)
        assert len([each for each in world.databricks.questions() if each.message_id]) == 1


async def test_a_look_for_a_lost_question_may_fail(redis_url: str) -> None:
    """Twice a proxy's login page comes in place of Genie's list: the question is looked for once more."""
    async with company(redis_url) as world:
        world.databricks.faults.add(Fault(path="*/start-conversation", drop=True, after=True))
        page = Fault(path="*/conversations", status=200, body="<html>", content_type="text/html", times=2)
        world.databricks.faults.add(page)
        await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        assert "data_table" in kinds(answer)
        assert len(world.databricks.questions()) == 1


@pytest.mark.slow
async def test_a_question_that_is_always_cut_off_is_given_up(redis_url: str) -> None:
    """If every POST breaks without a trace in Genie, a person decides after a few tries."""
    async with company(redis_url) as world:
        world.databricks.faults.add(Fault(path="*/start-conversation", status=500, times=None))
        await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked, within=90)
        assert words.failures.MAYBE_ASKED in words_of(answer)
        assert len(world.databricks.questions()) <= 3


async def test_a_post_that_slack_took_but_did_not_confirm_is_found_again(redis_url: str) -> None:
    """The placeholder was posted and the connection broke: it is found by its metadata, not posted twice."""
    async with company(redis_url) as world:
        world.slack.faults.add(Fault(path="/api/chat.postMessage", drop=True, after=True))
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        assert len([each for each in world.ours(asked) if not each.files]) == 1


@pytest.mark.parametrize("post", [1, 2])
async def test_a_command_whose_post_was_not_confirmed_shows_once(redis_url: str, post: int) -> None:
    """/genie: whether the reply to its root message or to its placeholder is lost, each stands there once."""
    async with company(redis_url) as world:
        if post == 2:
            world.slack.faults.add(
                Fault(path="/api/chat.postMessage", delay=0.001)
            )  # the root message goes well
        world.slack.faults.add(Fault(path="/api/chat.postMessage", drop=True, after=True))
        await world.start_bot()
        await world.slack.command(ADA, SALES, "/genie", "revenue by region last year")
        [root] = await world.slack.until(lambda: world.slack.workspace.roots(SALES))
        answer = await world.answer(root.ts)
        assert "data_table" in kinds(answer)
        assert [each.ts for each in world.slack.workspace.roots(SALES)] == [root.ts]
        assert "asked: revenue" in world.slack.workspace.message(SALES, root.ts).text
        assert len([each for each in world.ours(root.ts) if not each.files]) == 1


async def test_a_lost_conversation_starts_a_new_one_and_says_so(redis_url: str) -> None:
    """A follow-up into a conversation that is gone is asked in a new one, and the answer says so."""
    async with company(redis_url) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        world.databricks.faults.add(
            Fault(
                path="*/conversations/*/messages",
                method="POST",
                status=404,
                body='{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "gone"}',
            )
        )
        await world.ask("units by region last year", thread=asked)
        answer = await world.answer(asked, 2)
        assert "conversation is gone" in words_of(answer)
        assert len({each.conversation_id for each in world.databricks.questions() if each.message_id}) == 2


async def test_a_dead_redis_costs_no_question(tmp_path: Path) -> None:
    """The store dies with kill -9 while Genie works; it comes back with its data, and so does the answer."""
    async with company(None, timing=SLOW, data_dir=tmp_path) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.asked()
        [server] = _children(bot.process.pid, "valkey-server")
        os.kill(server, signal.SIGKILL)
        answer = await world.answer(asked)
        assert not waiting(answer)
        assert len(world.ours(asked)) == 1
        assert len(world.databricks.questions()) == 1


@pytest.mark.parametrize("thread", [" ", "soon"])
async def test_a_stored_thread_that_is_none_puts_nothing_into_the_channel(
    thread: str, redis: "Redis", redis_url: str
) -> None:
    """The placeholder is gone and the thread's id is spoilt: a line in the log, and the question ends."""
    async with company(redis_url, timing=SLOW) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        placeholder = await world.slack.until(lambda: next(iter(world.ours(asked)), None))
        await world.until(lambda: any(each.kind == "poll" for each in world.databricks.request_log))
        [record] = await redis.keys(f"*{world.environment['REDIS_PREFIX']}*:question:*")
        await redis.hset(record, "thread", thread)
        await world.slack.delete(GENIE.strip("<@>"), SALES, placeholder.ts)
        await world.until(lambda: any("question.ended" in line for line in bot.log))
        assert any("message.no_thread" in line for line in bot.log)
        assert [each for each in world.slack.workspace.roots(SALES) if each.bot_id] == []


def _children(parent: int, program: str) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().rpartition(")")[::2]
        except OSError:
            continue  # it ended meanwhile
        if program in name and int(rest.split()[1]) == parent:
            found.append(int(status.parent.name))
    return found
