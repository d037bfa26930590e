"""Slack refuses the edit that would turn the first word into the answer."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from render import words
from sandbox.databricks.genie.timing import Turn
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.world import ADA, GENIE, PATIENT_SLACK, SALES, World, company, kinds, waiting, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
EDIT = Fault(path="/api/chat.update", status=200)
ANY_REASON = ("cant_update_message", "edit_window_closed", "update_failed", "a_reason_of_tomorrow")


def refusing(fault: Fault, code: str, times: int | None = None) -> Fault:
    """Let Slack refuse calls for this reason, for ever or some times."""
    return replace(fault, body=f'{{"ok": false, "error": "{code}"}}', times=times)


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot."""
    async with company(redis_url) as opened:
        await opened.start_bot()
        yield opened


async def all_of(world: World, thread: str) -> list[Message]:
    """Wait for the end of the only question; return what the bot wrote, without pictures and files."""
    await world.until(lambda: any("question.ended" in line for line in world.bots[-1].log))
    return [each for each in world.ours(thread) if not each.files]


@pytest.mark.parametrize(
    "code", [ANY_REASON[0], *(pytest.param(code, marks=pytest.mark.slow) for code in ANY_REASON[1:])]
)
async def test_an_answer_that_cannot_be_edited_in_is_posted(world: World, code: str) -> None:
    """Whatever Slack's reason is, the answer comes as a new message, and the first word goes away."""
    world.slack.faults.add(refusing(EDIT, code))
    [answer] = await all_of(world, await world.ask(QUESTION))
    assert "data_table" in kinds(answer)
    assert "EMEA" in words_of(answer)


async def test_a_posted_answer_steps_down_to_what_slack_knows(redis_url: str) -> None:
    """Neither an edit nor the newer blocks: the answer comes in lines, with its rows as a file."""
    slack = replace(PATIENT_SLACK, unavailable_blocks=frozenset({"data_table", "table"}))
    async with company(redis_url, slack=slack, CHARTS="off") as world:
        columns = ", ".join(f"'some words here {at}' AS column_{at}" for at in range(12))
        world.databricks.turns.add(Turn(sql=f"SELECT {columns} UNION ALL SELECT {columns}"))
        await world.start_bot()
        world.slack.faults.add(refusing(EDIT, "cant_update_message"))
        thread = await world.ask(QUESTION)
        [_] = await all_of(world, thread)
        [shared] = await world.slack.until(lambda: [each for each in world.ours(thread) if each.files])
        assert [world.slack.workspace.files[each].name[-4:] for each in shared.files] == [".csv"]


async def test_words_that_cannot_be_edited_in_are_posted(world: World) -> None:
    """The same for why there is no answer."""
    world.databricks.faults.add(Fault(path="*/start-conversation", status=403, times=None))
    world.slack.faults.add(refusing(EDIT, "cant_update_message"))
    [told] = await all_of(world, await world.ask(QUESTION))
    assert "CAN RUN" in words_of(told)


async def test_an_answer_comes_although_the_first_word_stays(world: World) -> None:
    """Where Slack does not let it be deleted either, the answer stands below it, once."""
    world.slack.faults.add(refusing(EDIT, "cant_update_message"))
    world.slack.faults.add(refusing(Fault(path="/api/chat.delete", status=200), "cant_delete_message"))
    first, answer = await all_of(world, await world.ask(QUESTION))
    assert waiting(first)
    assert "data_table" in kinds(answer)


async def test_where_nothing_can_be_shown_the_asker_alone_is_told(world: World) -> None:
    """The thread is locked after the first word: neither an edit nor a new message stands there."""
    world.databricks.turns.add(Turn(statuses=("ASKING_AI",) * 6))
    thread = await world.ask(QUESTION)
    await world.slack.until(lambda: world.ours(thread))
    for each in (EDIT, replace(EDIT, path="/api/chat.postMessage")):
        world.slack.faults.add(refusing(each, "thread_locked"))
    [told] = await world.slack.until(lambda: world.slack.ephemerals or None)
    assert (told.text, told.for_user) == (words.failures.SLACK_REFUSED, ADA)


async def test_an_answer_that_slack_took_without_a_word_is_found_again(world: World) -> None:
    """The connection is cut after the new message was posted: the next attempt posts no second one."""
    thread = await lost_answer(world)
    [answer] = await all_of(world, thread)
    assert "data_table" in kinds(answer)
    assert sum("step.no_slack" in line for line in world.bots[-1].log) == 1


async def test_a_withdrawal_deletes_an_answer_that_slack_took_without_a_word(world: World) -> None:
    """The asker stops waiting before the next attempt: neither of the two messages stays."""
    thread = await lost_answer(world)
    await world.until(lambda: any("step.no_slack" in line for line in world.bots[-1].log))
    assert len(world.ours(thread)) == 2
    await world.ask("stop", thread=thread)
    left = await all_of(world, thread)
    assert not [each for each in left if waiting(each) or "data_table" in kinds(each)]


async def lost_answer(world: World) -> str:
    """Ask a question whose answer is posted as a new message, to which Slack's reply is lost."""
    world.databricks.turns.add(Turn(statuses=("ASKING_AI",) * 6))
    thread = await world.ask(QUESTION)
    await world.slack.until(lambda: world.ours(thread))
    world.slack.faults.add(refusing(EDIT, "cant_update_message"))
    world.slack.faults.add(Fault(path="/api/chat.postMessage", drop=True, after=True))
    return thread


async def test_a_channel_that_moves_is_waited_for(world: World) -> None:
    """Slack takes no edit while it moves a channel: the first word becomes the answer afterwards."""
    world.slack.faults.add(refusing(EDIT, "external_channel_migrating", times=1))
    thread = await world.ask(QUESTION)
    [first] = await world.slack.until(lambda: world.ours(thread))
    [answer] = await all_of(world, thread)
    assert answer.ts == first.ts
    assert "data_table" in kinds(world.slack.workspace.message(SALES, answer.ts))
