"""Answers that only their asker sees, until the asker wants otherwise."""

import pytest

from render import words
from render.answer.actions import DISMISS
from sandbox.databricks.genie.timing import Timing, Turn
from sandbox.faults import Fault
from tests.stories.exports import MANY, press
from tests.stories.kill import kill
from tests.stories.privacy import (
    DIRECT,
    QUESTION,
    answer_of,
    noted,
    privately,
    public,
    share,
    words_of_view,
)
from tests.stories.world import ADA, BEN, GENIE, RANDOM, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis


async def test_only_the_asker_sees_question_and_answer(world: World) -> None:
    """The channel gets nothing; the direct messages get the question, the answer, and follow-ups to it."""
    root = await privately(world)
    answer = await answer_of(world, root)
    assert words_of(root) == words.share.asked_privately(f"<#{SALES}>", QUESTION)
    assert "data_table" in kinds(answer)
    await world.ask("and by month?", channel=DIRECT, thread=root.ts)
    await answer_of(world, root, 2)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1
    assert public(world) == []
    [taken, told] = await world.slack.until(lambda: world.slack.ephemerals[1:] and world.slack.ephemerals)
    assert (taken.for_user, taken.text) == (ADA, words.share.private_received(GENIE))
    link = (
        f"{world.slack.url}/archives/{DIRECT}/p{answer.ts.replace('.', '')}?thread_ts={root.ts}&cid={DIRECT}"
    )
    assert (told.for_user, told.channel) == (ADA, SALES)
    assert told.text == words.share.replied_privately(link)


async def test_a_failure_stays_as_private_as_an_answer(world: World) -> None:
    """Whatever Genie says to it, the channel learns nothing."""
    world.databricks.turns.add(Turn(end="FAILED", error_type="CONTENT_FILTER_EXCEPTION"))
    trouble = await answer_of(world, await privately(world))
    assert words.failures.FILTERED in words_of(trouble)
    assert public(world) == []


@pytest.mark.slow
async def test_it_works_where_the_bot_is_no_member(world: World) -> None:
    """A private question needs no invitation; to post its answer there does, and that is told."""
    answer = await answer_of(world, await privately(world, channel=RANDOM))
    await share(world, answer)
    told = await world.slack.until(
        lambda: next((each for each in world.slack.ephemerals if each.channel == DIRECT), None)
    )
    assert (told.text, told.thread_ts) == (words.share.not_there(f"<#{RANDOM}>"), answer.thread_ts)


@pytest.mark.slow
async def test_an_asker_who_cannot_be_written_to_is_told(world: World) -> None:
    """Where Slack opens no direct messages, the question comes to nothing and nobody else learns of it."""
    refusal = Fault(path="*/conversations.open", status=200, body='{"ok": false, "error": "missing_scope"}')
    world.slack.faults.add(refusal)
    await world.slack.command(ADA, SALES, "/genie", f"private {QUESTION}")
    [_, told] = await world.slack.until(lambda: world.slack.ephemerals[1:] and world.slack.ephemerals)
    assert (told.for_user, told.text) == (ADA, words.share.NO_DIRECT_MESSAGE)
    assert (public(world), world.databricks.questions()) == ([], [])


async def test_the_setting_makes_every_command_private(redis_url: str) -> None:
    """With PRIVATE_COMMANDS nobody has to say it, and what is asked after a kill is as private."""
    async with company(redis_url, timing=Timing(total=lambda _: 2.0), PRIVATE_COMMANDS="true") as world:
        bot = await world.start_bot()
        await world.slack.command(ADA, SALES, "/genie", QUESTION)
        await world.asked()
        await kill(world, bot)
        await world.start_bot()
        [root] = world.slack.workspace.roots(DIRECT)
        assert "data_table" in kinds(await answer_of(world, root))
        assert public(world) == []
        assert len(world.databricks.questions()) == 1


async def test_sharing_posts_the_answer_for_everybody(world: World) -> None:
    """It says who asked, costs no question, and goes on in its thread; pressed twice it is posted once."""
    answer = await answer_of(world, await privately(world))
    for _ in range(2):
        await share(world, answer)
    root = await world.slack.until(lambda: next(iter(public(world)), None))
    posted = await world.answer(root.ts)
    assert words_of(root) == words.questions.asked(f"<@{ADA}>", QUESTION)
    assert "data_table" in kinds(posted)
    assert (await world.chart(posted))["type"] == "image"
    [told] = world.slack.workspace.views.values()
    assert words_of_view(told) == words.share.PUBLISHED_ALREADY
    await world.ask("and by month?", BEN, thread=root.ts)
    await world.answer(root.ts, 2)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1


@pytest.mark.slow
async def test_what_else_was_asked_privately_stays_out_of_the_shared_thread(world: World) -> None:
    """Of a private conversation with several questions only the answer is shared; a new one begins there."""
    root = await privately(world)
    answer = await answer_of(world, root)
    await world.ask("and by month?", channel=DIRECT, thread=root.ts)
    await answer_of(world, root, 2)
    await share(world, answer)
    shared = await world.slack.until(lambda: next(iter(public(world)), None))
    await world.answer(shared.ts)
    await world.ask("units by region last year", BEN, thread=shared.ts)
    await world.answer(shared.ts, 2)
    first, second, third = world.databricks.questions()
    assert first.conversation_id == second.conversation_id != third.conversation_id


@pytest.mark.slow
async def test_a_kill_while_sharing_posts_it_once(world: World) -> None:
    """The message that could not be noted is found again, and the answer comes into its thread."""
    answer = await answer_of(world, await privately(world))
    world.slack.faults.add(Fault(path="*/chat.postMessage", drop=True, after=True))
    await share(world, answer)
    root = await world.slack.until(lambda: next(iter(public(world)), None))
    await kill(world, world.bots[0])
    await world.start_bot()
    assert "data_table" in kinds(await world.answer(root.ts))
    assert [each.ts for each in public(world) if each.is_root] == [root.ts]


def pictures(world: World) -> int:
    """Count the pictures that Slack keeps."""
    return sum(each.name.endswith(".png") for each in world.slack.workspace.files.values())


async def test_dismissing_takes_all_of_it_away(world: World) -> None:
    """Question, answer, picture and files are gone; what was asked before stays."""
    kept = await privately(world)
    await answer_of(world, kept)
    root = await privately(world, "top 5 products by margin")
    answer = await answer_of(world, root)
    await press(world, answer, DISMISS)
    await world.slack.until(lambda: len(world.slack.workspace.roots(DIRECT)) == 1 or None)
    await world.until(lambda: noted(world, "dismissed"))
    assert pictures(world) == 1
    assert {each.thread_ts or each.ts for each in world.slack.workspace.messages[DIRECT].values()} == {
        kept.ts
    }


async def test_dismissing_one_of_several_answers_leaves_the_others(world: World) -> None:
    """In a thread with follow-ups only the answer itself goes, with the file of its rows."""
    world.databricks.turns.add(Turn(sql=MANY))
    root = await privately(world)
    answer = await answer_of(world, root)
    file = await world.slack.until(
        lambda: next((each for each in world.ours(root.ts, DIRECT) if each.files), None)
    )
    await world.until(lambda: noted(world, "answered"))
    await world.ask("and by month?", channel=DIRECT, thread=root.ts)
    later = await answer_of(world, root, 2)
    await press(world, answer, DISMISS)
    await world.slack.until(lambda: answer.ts not in world.slack.workspace.messages[DIRECT] or None)
    await world.until(lambda: noted(world, "dismissed"))
    assert {root.ts, later.ts} <= set(world.slack.workspace.messages[DIRECT])
    assert file.ts not in world.slack.workspace.messages[DIRECT]
