"""Never over the limit: twenty questions a minute for everybody together, told and served in fair order."""

import re
from functools import partial

import pytest

from sandbox.faults import Fault
from sandbox.slack.state.records import Channel, User
from sandbox.slack.state.seed_data import BOT
from tests.stories.world import ADA, BEN, GENIE, World, company, kinds

pytestmark = pytest.mark.redis

WINDOW, NUMBER, PEOPLE = 12.0, 20, 40


def crowd(world: World) -> list[tuple[str, str]]:
    """Bring forty people into four channels; return each with the channel."""
    people, workspace = [], world.slack.workspace
    for number in range(PEOPLE):
        user, channel = f"U0CROWD{number:03}", f"C0CROWD{number % 4:03}"
        workspace.users[user] = User(user, user.lower(), f"Person {number}")
        workspace.channels.setdefault(channel, Channel(channel, channel.lower(), {BOT.id})).members.add(user)
        workspace.messages.setdefault(channel, {})
        people.append((user, channel))
    return people


def most_in_window(times: list[float], window: float) -> int:
    """Return the largest number of times within any window."""
    return max(sum(start <= each < start + window for each in times) for start in times)


@pytest.mark.slow
async def test_forty_questions_at_one_moment(redis_url: str) -> None:
    """Two replicas, forty people: never over twenty in a window, all who wait are told, all are answered."""
    genie = {"question_limit": NUMBER, "window": WINDOW}
    async with company(
        redis_url, databricks=genie, QUESTION_WINDOW_SECONDS=str(WINDOW), QUESTION_GUARD_SECONDS="4"
    ) as world:
        people = crowd(world)
        await world.start_bot()
        await world.start_bot(PORT="0")
        threads = [
            (await world.ask(f"{GENIE} revenue of {user} by region", user, channel), channel)
            for user, channel in people
        ]
        for thread, channel in threads:
            await world.answer(thread, channel=channel, within=60)
        asked = world.databricks.questions()
    assert most_in_window([each.time for each in asked], WINDOW) <= NUMBER
    assert [each.status for each in asked] == [200] * PEOPLE
    late = {each.content.split()[2] for each in asked[NUMBER:]}
    waited = {
        user for (user, _), (thread, _) in zip(people, threads, strict=True) if told_to_wait(world, thread)
    }
    assert late <= waited


def told_to_wait(world: World, thread: str) -> bool:
    """Whether the thread was told a place in the line and a time, at whatever moment."""
    ours = {
        each.ts
        for channel in world.slack.workspace.messages.values()
        for each in channel.values()
        if each.thread_ts == thread
    }
    return any(
        re.match(r"Number \d+ in line, about ", str(call.arguments.get("text")))
        and (call.arguments.get("thread_ts") == thread or call.arguments.get("ts") in ours)
        for call in world.slack.request_log
    )


async def test_who_asked_first_is_served_first(redis_url: str) -> None:
    """With two questions a window, six people are served two by two in the order in which they asked."""
    async with company(
        redis_url, QUESTIONS_PER_MINUTE="2", QUESTION_WINDOW_SECONDS="0.7", QUESTION_GUARD_SECONDS="2"
    ) as world:
        await world.start_bot()
        people = crowd(world)[:6]
        for user, channel in people:
            thread = await world.ask(f"{GENIE} revenue of {user} by region", user, channel)
            await world.slack.until(partial(world.ours, thread, channel))
        await world.asked(6)
        order = [each.content.split()[2] for each in world.databricks.questions()]
    assert [set(order[at : at + 2]) for at in (0, 2, 4)] == [
        {user for user, _ in people[at : at + 2]} for at in (0, 2, 4)
    ]


async def test_one_person_does_not_hold_up_the_others(redis_url: str) -> None:
    """Somebody asks eight questions and then a colleague one: the colleague is served second, not ninth."""
    async with company(
        redis_url, QUESTIONS_PER_MINUTE="1", QUESTION_WINDOW_SECONDS="0.7", QUESTION_GUARD_SECONDS="1"
    ) as world:
        await world.start_bot()
        for number in range(8):
            await world.ask(f"{GENIE} revenue of ada {number} by region", ADA)
        await world.ask(f"{GENIE} revenue of ben by region", BEN)
        await world.asked(4)
        order = [each.content.split()[2] for each in world.databricks.questions()]
        assert "ben" in order[:3]


async def test_genies_own_limit_closes_the_line_for_everybody(redis_url: str) -> None:
    """A 429, since others use the workspace too, sends a question back to the head until Retry-After."""
    async with company(redis_url) as world:
        refusal = '{"error_code": "RESOURCE_EXHAUSTED", "message": "limit"}'
        world.databricks.faults.add(
            Fault(path="*/start-conversation", status=429, body=refusal, retry_after="3")
        )
        await world.start_bot()
        threads = [await world.ask(f"{GENIE} revenue by region", user) for user in (ADA, BEN)]
        for thread in threads:
            answer = await world.answer(thread)
            assert "data_table" in kinds(answer)
        refused, *asked = world.databricks.questions()
        assert refused.status == 429
        assert all(each.time - refused.time > 2.5 or each.time - refused.time < 1.5 for each in asked)


@pytest.mark.slow
async def test_slacks_limits_delay_but_never_lose_an_answer(redis_url: str) -> None:
    """Fifteen people in one channel, where Slack takes a post a second: everybody gets an answer."""
    async with company(redis_url) as world:
        await world.start_bot()
        threads = [
            await world.ask(f"{GENIE} revenue by region last year, number {number}", (ADA, BEN)[number % 2])
            for number in range(15)
        ]
        for thread in threads:
            await world.answer(thread)
            assert len([each for each in world.ours(thread) if not each.files]) == 1
        assert any(call.error == "ratelimited" for call in world.slack.request_log)
