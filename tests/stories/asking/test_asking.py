"""What the bot is for: ask in Slack, and read the answer in the thread."""

from collections.abc import AsyncIterator

import pytest

from render import words
from sandbox.faults import Fault
from tests.stories.world import ADA, BEN, GENIE, OWN_CHARTS, RANDOM, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

LINE, BAR = "line chart", "bar chart"


each_way = pytest.mark.parametrize("world", ["socket", "http"], indirect=True)


@pytest.fixture(params=["socket", pytest.param("http", marks=pytest.mark.slow)])
async def world(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[World]:
    """Open the company over each transport, and start one bot in it."""
    async with company(redis_url, mode=request.param, databricks=OWN_CHARTS) as opened:
        await opened.start_bot()
        yield opened


@each_way
async def test_a_mention_is_answered_with_sql_table_and_chart(world: World) -> None:
    """A question by region gives a sentence, the SQL, a native table and a bar chart in the thread."""
    asked = await world.ask(f"{GENIE} revenue by region last year")
    answer = await world.answer(asked)
    picture = await world.chart(answer)
    assert answer.thread_ts == asked
    assert "data_table" in kinds(answer)
    assert "EMEA" in words_of(answer)
    assert "SELECT" in words_of(answer)
    assert BAR in picture["alt_text"].lower()
    assert len(world.ours(asked)) == 1


async def test_a_reply_is_a_follow_up_in_the_same_conversation(world: World) -> None:
    """The reply "and by month?" needs no mention, continues the Genie conversation and gives a line chart."""
    asked = await world.ask(f"{GENIE} revenue by region last year")
    await world.answer(asked)
    await world.ask("and by month?", thread=asked)
    answer = await world.answer(asked, 2)
    picture = await world.chart(answer)
    first, second = world.databricks.questions()
    assert LINE in picture["alt_text"].lower()
    assert second.conversation_id == first.conversation_id
    assert second.content == "and by month?"


async def test_a_follow_up_of_another_person_shares_the_thread(world: World) -> None:
    """Anybody may go on in a thread; it stays one conversation."""
    asked = await world.ask(f"{GENIE} revenue by region last year")
    await world.answer(asked)
    await world.ask(f"{GENIE} only EMEA", BEN, thread=asked)
    await world.answer(asked, 2)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1


async def test_the_slash_command_becomes_a_visible_question(world: World) -> None:
    """/genie is acknowledged privately, posted as who asked what, and answered in that message's thread."""
    await world.slack.command(ADA, SALES, "/genie", "top 5 products by margin")
    [reply] = world.slack.ephemerals
    root = await world.slack.until(
        lambda: next((each for each in world.slack.workspace.roots(SALES) if each.bot_id), None)
    )
    answer = await world.answer(root.ts)
    await world.ask("as a share", BEN, thread=root.ts)
    await world.answer(root.ts, 2)
    assert reply.text == words.questions.COMMAND_RECEIVED
    assert f"<@{ADA}>" in root.text
    assert "top 5 products by margin" in root.text
    assert "data_table" in kinds(answer)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1


@pytest.mark.parametrize(
    "text", ["", *(pytest.param(text, marks=pytest.mark.slow) for text in ("help", " HELP "))]
)
async def test_the_bare_command_explains_privately(world: World, text: str) -> None:
    """/genie and /genie help say how to ask, only to who typed it, and ask nothing."""
    await world.slack.command(ADA, SALES, "/genie", text)
    [reply] = world.slack.ephemerals
    assert reply.for_user == ADA
    assert "/genie" in words_of(reply)
    assert world.databricks.questions() == []


async def test_a_suggestion_is_asked_in_the_same_thread(world: World) -> None:
    """Pressing a suggested question asks it in the conversation, and says who pressed."""
    asked = await world.ask(f"{GENIE} revenue by region last year")
    answer = await world.answer(asked)
    await world.slack.click(BEN, SALES, answer.ts, "suggestion:0")
    follow_up = await world.answer(asked, 2)
    first, second = world.databricks.questions()
    assert second.conversation_id == first.conversation_id
    assert f"<@{BEN}>" in str(follow_up.blocks) or BEN in str(follow_up.blocks)


async def test_the_same_question_of_two_people_is_asked_twice(world: World) -> None:
    """No answer is kept for somebody else, since Genie may read the same words in another way."""
    first = await world.ask(f"{GENIE} revenue by region last year", user=ADA)
    await world.answer(first)
    second = await world.ask(f"{GENIE} revenue by region last year", user=BEN)
    await world.answer(second)
    asked = world.databricks.questions()
    assert len({each.conversation_id for each in asked}) == len(asked) == 2


@each_way
async def test_a_button_pressed_twice_asks_once(world: World) -> None:
    """The second press, by anybody, is told privately that the question is asked already."""
    asked = await world.ask(f"{GENIE} revenue by region last year")
    answer = await world.answer(asked)
    await world.slack.click(BEN, SALES, answer.ts, "suggestion:0")
    await world.slack.click(ADA, SALES, answer.ts, "suggestion:0")
    await world.slack.until(lambda: world.slack.ephemerals)
    await world.answer(asked, 2)
    assert world.slack.ephemerals[0].text == words.questions.ALREADY_ASKED
    assert len(world.databricks.questions()) == 2


async def test_a_clarifying_question_is_answered_by_a_reply(world: World) -> None:
    """When Genie asks back, the reply in the thread goes into the same conversation and is answered."""
    asked = await world.ask(f"{GENIE} how are we doing by region?")
    question = await world.answer(asked)
    await world.ask("revenue", thread=asked)
    answer = await world.answer(asked, 2)
    assert words.answer.REPLY_HERE in words_of(question)
    assert "data_table" in kinds(answer)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    """What somebody writes to the bot directly is a question, answered in its thread."""
    channel = world.slack.workspace.direct(ADA).id
    asked = await world.ask("total revenue last month", channel=channel)
    answer = await world.answer(asked, channel=channel)
    assert answer.thread_ts == asked


async def test_an_empty_mention_gets_help(world: World) -> None:
    """A mention without a question is answered with how to ask, and Genie is left alone."""
    asked = await world.ask(GENIE)
    answer = await world.answer(asked)
    assert "plain words" in words_of(answer)
    assert world.databricks.questions() == []


async def test_genie_gets_the_words_that_people_wrote(world: World) -> None:
    """The mention disappears, entities are unescaped and other people's mentions become their names."""
    await world.ask(f"hey {GENIE}, did <@{BEN}> &amp; co sell &gt; 10 units in <#C0SALES001|sales>?")
    await world.asked()
    [asked] = world.databricks.questions()
    assert asked.content == "hey, did Ben Lindqvist & co sell > 10 units in #sales?"


async def test_what_is_not_for_the_bot_stays_unanswered(world: World) -> None:
    """Chatter, threads of others, edits and deletions are acknowledged and ignored."""
    chatter = await world.ask("revenue by region last year")
    await world.ask("and by month?", BEN, thread=chatter)
    await world.slack.edit(ADA, SALES, chatter, "revenue by country")
    await world.slack.delete(ADA, SALES, chatter)
    asked = await world.ask(f"{GENIE} total revenue last month")
    await world.answer(asked)
    assert [each.content for each in world.databricks.questions()] == ["total revenue last month"]
    await world.slack.until(lambda: all(each.acked_at for each in world.slack.deliveries))
    assert all(each.attempts == 1 for each in world.slack.deliveries)


async def test_a_command_where_the_bot_may_not_post_says_how_to_invite_it(world: World) -> None:
    """/genie in a channel without the bot tells its user, privately, what to do."""
    await world.slack.command(ADA, RANDOM, "/genie", "total revenue last month")
    await world.slack.until(lambda: len(world.slack.ephemerals) == 2)
    assert world.slack.ephemerals[1].text == words.questions.NOT_IN_CHANNEL
    assert world.databricks.questions() == []


async def test_a_mention_where_the_bot_may_not_post_is_refused_privately(world: World) -> None:
    """Only the user who asked is told, in the channel, as Slack shows nothing in a thread without replies."""
    refusal = '{"ok": false, "error": "restricted_action"}'
    world.slack.faults.add(Fault(path="/api/chat.postMessage", status=200, body=refusal, times=None))
    asked = await world.ask(f"{GENIE} total revenue last month")
    await world.slack.until(lambda: world.slack.ephemerals)
    [told] = world.slack.ephemerals
    assert (told.text, told.for_user) == (words.questions.PLACE_CLOSED, ADA)
    assert told.thread_ts in {None, told.ts}
    assert not world.ours(asked)
    assert not world.databricks.questions()


async def test_a_thread_is_answered_in_order(world: World) -> None:
    """Three questions written at once into one thread are asked one after the other, as they came."""
    asked = await world.ask(f"{GENIE} revenue by region last year")
    await world.ask("only EMEA", thread=asked)
    await world.ask("and by month?", thread=asked)
    await world.answer(asked, 3)
    questions = world.databricks.questions()
    assert [each.content for each in questions] == [
        "revenue by region last year",
        "only EMEA",
        "and by month?",
    ]
    assert all(each.status == 200 for each in questions)
