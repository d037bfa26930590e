"""Whoever wants to check an answer sees where it comes from, on a screen of their own."""

from collections.abc import AsyncIterator
from dataclasses import replace
from signal import SIGKILL, SIGTERM

import pytest

import bot.replies.explain_modal
from render import words
from sandbox.faults import Fault
from tests.stories.answers.clicks.explaining import LOOK, ask, modal, noted, objects, read
from tests.stories.world import ADA, BEN, PATIENT_SLACK, SALES, World, company, words_of

pytestmark = pytest.mark.redis


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot, over Socket Mode."""
    async with company(redis_url) as opened:
        await opened.start_bot()
        yield opened


async def test_a_click_tells_how(world: World) -> None:
    """The modal shows Genie's reading, tables, filters, rows, time and SQL, and leads to the conversation."""
    answer = await ask(world)
    await world.slack.click(ADA, SALES, answer.ts, "how")
    text = await modal(world)
    for part in (
        words.explain.READING,
        words.explain.TABLES,
        words.explain.FILTERS,
        "SELECT",
        "4 rows. Data read: <!date^",
    ):
        assert part in text
    (view,) = world.slack.workspace.views.values()
    (link,) = [each for each in objects(view.content["blocks"]) if each.get("action_id") == "open_genie"]
    asked = world.databricks.questions()[0]
    place = f"{world.databricks.space_id}/chats/{asked.conversation_id}"
    assert link["url"] == f"{world.databricks.url}/genie/rooms/{place}"
    assert len(world.databricks.questions()) == 1
    (table,) = [each for each in objects(view.content["blocks"]) if each.get("type") == "link"]
    assert (table["text"], table["url"]) == (
        "samples.sales.orders",
        f"{world.databricks.url}/explore/data/samples/sales/orders",
    )


async def test_the_click_is_acknowledged_before_genie_has_spoken(world: World) -> None:
    """However slow Databricks is, Slack hears at once and the modal is open."""
    answer = await ask(world)
    world.databricks.faults.add(Fault(path=LOOK, delay=2.0))
    await world.slack.click(ADA, SALES, answer.ts, "how")
    opened = await world.slack.until(lambda: next(iter(world.slack.workspace.views.values()), None), 1.5)
    assert words.explain.OPENING in read(opened)
    assert "SELECT" in await modal(world)


async def test_a_trusted_query_is_named_with_its_values(world: World) -> None:
    """Who verified the query, and what was filled in; and that Genie cut the rows."""
    answer = await ask(world)
    noted(
        world,
        query="SELECT 1 FROM sales WHERE region = :region",
        parameters=[{"keyword": "region", "sql_type": "STRING", "value": "EMEA"}],
        query_result_metadata={"row_count": 5_000, "is_truncated": True},
    )
    await world.slack.click(ADA, SALES, answer.ts, "how")
    text = await modal(world)
    assert words.explain.TRUSTED in text
    assert "region = EMEA" in text
    assert words.explain.rows(5_000, cut=True) in text


async def test_hostile_notes_are_only_text(world: World) -> None:
    """Nothing that Genie noted, no name and no SQL can ping, link, or keep the modal from opening."""
    answer = await ask(world)
    evil = "<!channel> <@U0ADA00001> <https://evil.example|bank.com> [a](https://evil.example) ```"
    line = "".join(["SELECT '", evil, "' AS `", evil.replace("`", ""), "` -- ", evil])
    thoughts = [{"thought_type": kind, "content": evil * 500} for kind in ("THOUGHT_TYPE_STEPS", evil, "")]
    parameters = [{"keyword": evil, "sql_type": "STRING", "value": evil}]
    noted(world, description=evil, query="\n".join([line] * 600), thoughts=thoughts, parameters=parameters)
    await world.slack.click(ADA, SALES, answer.ts, "how")
    text = await modal(world)
    (view,) = world.slack.workspace.views.values()
    parsed = [each for each in objects(view.content["blocks"]) if each.get("type") == "mrkdwn"]
    assert parsed
    assert all("<" not in each["text"] and each["verbatim"] for each in parsed)
    assert words.explain.SQL_SHORTENED in text
    assert not [
        each for each in objects(view.content["blocks"]) if each.get("type") in {"user", "link", "broadcast"}
    ]


async def test_a_late_click_is_answered_privately(redis_url: str) -> None:
    """When Slack opens no modal any more, the same comes as a message that only this person sees."""
    async with company(
        redis_url, mode="http", slack=replace(PATIENT_SLACK, mode="http", trigger_life=0.0)
    ) as world:
        await world.start_bot()
        answer = await ask(world)
        await world.slack.click(ADA, SALES, answer.ts, "how")
        private = await world.slack.until(lambda: next(iter(world.slack.ephemerals), None))
        assert (private.for_user, private.thread_ts) == (ADA, answer.thread_ts)
        assert "SELECT" in words_of(private)
        assert words.explain.TABLES in words_of(private)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(path=LOOK, status=404, times=None), words.failures.NOT_FOUND),
        pytest.param(
            Fault(path=LOOK, status=403, times=None), words.failures.FORBIDDEN, marks=pytest.mark.slow
        ),
        pytest.param(
            Fault(path=LOOK, malformed=True, times=None), words.failures.UNREADABLE, marks=pytest.mark.slow
        ),
    ],
)
async def test_trouble_is_told_in_the_modal(world: World, fault: Fault, sentence: str) -> None:
    """A message that is gone, a right that is gone, a reply that is garbage: each ends in words."""
    answer = await ask(world)
    world.databricks.faults.add(fault)
    await world.slack.click(ADA, SALES, answer.ts, "how")
    assert await modal(world) == sentence


def give_up_soon() -> None:
    """Let a process wait 3 seconds for what a modal shows."""
    vars(bot.replies.explain_modal).update(TIMEOUT_SECONDS=3.0)


async def test_without_databricks_the_modal_says_so(redis_url: str) -> None:
    """A Databricks that is down is not waited for without end."""
    async with company(redis_url) as world:
        await world.start_bot(prepare=give_up_soon)
        answer = await ask(world)
        world.databricks.faults.add(Fault(path=LOOK, drop=True, times=None))
        await world.slack.click(ADA, SALES, answer.ts, "how")
        assert await world.slack.until(lambda: _sentence(world)) in {
            words.failures.NOT_REACHED,
            words.explain.TOO_SLOW,
        }


def _sentence(world: World) -> str | None:
    (view,) = world.slack.workspace.views.values() or (None,)
    text = read(view) if view else ""
    return text if text and text != words.explain.OPENING else None


@pytest.mark.slow
async def test_an_old_question_says_that_it_is_old(world: World) -> None:
    """Once Redis has forgotten where the question lives in Genie, that is what the modal says."""
    answer = await ask(world)
    await world.bots[0].end(SIGTERM)
    await world.start_bot(REDIS_PREFIX="another")
    await world.slack.click(ADA, SALES, answer.ts, "how")
    assert await modal(world) == words.explain.TOO_OLD


@pytest.mark.slow
async def test_two_people_look_at_once(world: World) -> None:
    """Each has a modal of their own."""
    answer = await ask(world)
    for person in (ADA, BEN):
        await world.slack.click(person, SALES, answer.ts, "how")
    certified = words.explain.CERTIFICATION["certified"]
    assert await modal(world, ADA, certified) == await modal(world, BEN, certified)
    assert {view.user for view in world.slack.workspace.views.values()} == {ADA, BEN}


async def test_a_restarted_bot_still_knows(world: World) -> None:
    """What the click needs is in Redis and in Genie, not in the process that gave the answer."""
    answer = await ask(world)
    await world.bots[0].end(SIGKILL)
    await world.start_bot()
    await world.slack.click(ADA, SALES, answer.ts, "how")
    assert "SELECT" in await modal(world)


@pytest.mark.slow
async def test_a_stopping_bot_says_to_press_again(world: World) -> None:
    """Whoever waits while the bot stops is not left with a modal that waits for ever."""
    answer = await ask(world)
    world.databricks.faults.add(Fault(path=LOOK, delay=15.0))
    await world.slack.click(ADA, SALES, answer.ts, "how")
    await world.slack.until(lambda: next(iter(world.slack.workspace.views.values()), None))
    assert await world.bots[0].end(SIGTERM) == 0
    assert await modal(world) == words.explain.STOPPED
