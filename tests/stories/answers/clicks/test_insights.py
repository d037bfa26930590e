"""What the rows say: figures at once, and a model's words about them when there is a model."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from render import words
from render.answer.actions import INSIGHTS
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.kill import kill
from tests.stories.world import ADA, ANSWER_SECONDS, BEN, CHLOE, GENIE, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
MODEL = "*/invocations"
WRITTEN = "**EMEA leads.**\n- **Pattern**: one region has the largest share."


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot that has a model."""
    async with company(redis_url, SERVING_ENDPOINT_NAME="sandbox-summary") as opened:
        opened.databricks.serving.says = WRITTEN
        await opened.start_bot()
        yield opened


async def ask(world: World, question: str = QUESTION) -> Message:
    """Get an answer whose question has ended."""
    ended = ends(world)
    answer = await world.answer(await world.ask(question))
    await world.until(lambda: ends(world) > ended)
    return answer


def ends(world: World) -> int:
    """Count the questions and jobs that have ended."""
    return sum(".ended" in line for bot in world.bots for line in bot.log)


def shown(world: World, answer: Message) -> list[Message]:
    """Return the messages with insights or stats in the thread of an answer."""
    ours = world.ours(answer.thread_ts or answer.ts)
    return [each for each in ours if each.ts != answer.ts and not each.files and "header" in kinds(each)]


async def insights(world: World, answer: Message, part: str, within: float = ANSWER_SECONDS) -> str:
    """Wait until the message of insights holds `part`; return all that it says."""

    def found() -> str | None:
        return next((text for each in shown(world, answer) if part in (text := words_of(each))), None)

    return await world.slack.until(found, within)


async def press(world: World, answer: Message, user: str = ADA) -> None:
    """Press the button of an answer."""
    await world.slack.click(user, SALES, answer.ts, INSIGHTS)


def label(answer: Message) -> str:
    """Return what the button says."""
    return next(
        str(element["text"]["text"])
        for block in answer.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == INSIGHTS
    )


async def test_figures_are_put_into_words(world: World) -> None:
    """The thread gets one message: the model's words, the computed figures, the model and its tokens."""
    answer = await ask(world)
    assert label(answer) == words.insights.INSIGHTS
    await press(world, answer)
    text = await insights(world, answer, "EMEA leads.")
    assert "*EMEA leads.*" in text
    for part in (
        "Total 10,3",
        "has the largest share",
        "sandbox-echo-1",
        "tokens",
        words.answer.AI_GENERATED,
    ):
        assert part in text
    assert words.insights.WRITING not in text
    assert len(shown(world, answer)) == 1
    assert len(world.databricks.questions()) == 1


async def test_without_a_model_there_are_figures(redis_url: str) -> None:
    """The same button says "Stats", and nothing leaves the frame of Genie's permissions."""
    async with company(redis_url) as world:
        await world.start_bot()
        answer = await ask(world)
        assert label(answer) == words.insights.STATS
        await press(world, answer)
        text = await insights(world, answer, "has the largest share")
        assert words.insights.WRITING not in text
        assert world.databricks.serving.received == []


@pytest.mark.slow
async def test_two_people_press_at_once(world: World) -> None:
    """They get one message; whoever presses later is led to it."""
    answer = await ask(world)
    await asyncio.gather(*(press(world, answer, user) for user in (ADA, BEN)))
    await insights(world, answer, "EMEA leads.")
    await press(world, answer, CHLOE)
    link = f"/archives/{SALES}/p{shown(world, answer)[0].ts.replace('.', '')}"
    await world.slack.until(
        lambda: any(link in each.text and each.for_user == CHLOE for each in world.slack.ephemerals)
    )
    assert len(shown(world, answer)) == 1
    assert len(world.databricks.serving.received) == 1


@pytest.mark.slow
async def test_what_somebody_deleted_comes_back(world: World) -> None:
    """Nobody is led to a message that is gone: who presses then gets a new one."""
    answer = await ask(world)
    await press(world, answer)
    await insights(world, answer, "EMEA leads.")
    await world.until(lambda: ends(world) == 2)
    slack = AsyncWebClient(token=world.slack.bot_token, base_url=world.slack.api_url)
    await slack.chat_delete(channel=SALES, ts=shown(world, answer)[0].ts)
    await press(world, answer, BEN)
    await insights(world, answer, "EMEA leads.")
    await world.until(lambda: ends(world) == 3)
    assert not world.slack.ephemerals
    assert len(shown(world, answer)) == 1


@pytest.mark.slow
async def test_a_killed_bot_is_followed_by_another(world: World) -> None:
    """Whoever takes over finishes the message that is there already."""
    answer = await ask(world)
    world.databricks.serving.seconds = 30.0
    await press(world, answer)
    await insights(world, answer, words.insights.WRITING)
    await world.until(lambda: world.databricks.serving.received)
    await kill(world, world.bots[0])
    world.databricks.serving.seconds = 0.0
    await world.start_bot()
    await insights(world, answer, "EMEA leads.")
    assert len(shown(world, answer)) == 1


@pytest.mark.slow
async def test_a_restarted_bot_still_can(world: World) -> None:
    """What the click needs is in Redis and in Genie; the rows are read again."""
    answer = await ask(world)
    await world.bots[0].end(signal.SIGTERM)
    await world.start_bot()
    await press(world, answer)
    await insights(world, answer, "EMEA leads.")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(path=MODEL, status=403, times=None), words.insights.MODEL_FORBIDDEN),
        pytest.param(
            Fault(path=MODEL, status=404, times=None), words.insights.MODEL_MISSING, marks=pytest.mark.slow
        ),
        pytest.param(
            Fault(path=MODEL, status=400, times=None), words.insights.MODEL_REFUSED, marks=pytest.mark.slow
        ),
        pytest.param(
            Fault(path=MODEL, status=429, retry_after="300", times=None),
            words.insights.MODEL_BUSY,
            marks=pytest.mark.slow,
        ),
        pytest.param(
            Fault(path=MODEL, status=500, times=None), words.insights.MODEL_AWAY, marks=pytest.mark.slow
        ),
        pytest.param(
            Fault(path=MODEL, malformed=True, times=None), words.insights.MODEL_AWAY, marks=pytest.mark.slow
        ),
        pytest.param(
            Fault(path=MODEL, drop=True, after=True, times=None),
            words.insights.MODEL_AWAY,
            marks=pytest.mark.slow,
        ),
    ],
)
async def test_a_model_that_refuses_costs_the_words_only(world: World, fault: Fault, sentence: str) -> None:
    """The figures stand with one sentence; when all is well again, pressing again brings the words."""
    answer = await ask(world)
    world.databricks.faults.add(fault)
    await press(world, answer)
    assert "has the largest share" in await insights(world, answer, sentence)
    await world.until(lambda: ends(world) == 2)
    world.databricks.faults.clear()
    await press(world, answer, BEN)
    await insights(world, answer, "EMEA leads.")
    assert len(shown(world, answer)) == 1


@pytest.mark.slow
async def test_a_model_at_its_limit_is_waited_for(world: World) -> None:
    """A short wait that the endpoint asks for is kept, and the words come by themselves."""
    answer = await ask(world)
    world.databricks.faults.add(Fault(path=MODEL, status=429, retry_after="1", times=2))
    await press(world, answer)
    await insights(world, answer, "EMEA leads.")


@pytest.mark.slow
async def test_a_slack_that_is_away_costs_no_second_text(world: World) -> None:
    """What was written waits for it; and while it takes no figures either, nothing is written."""
    answer = await ask(world)
    world.slack.faults.add(Fault(path="/api/chat.postMessage", status=503, times=2))
    world.slack.faults.add(Fault(path="/api/chat.update", drop=True, times=2))
    await press(world, answer)
    await insights(world, answer, "EMEA leads.")
    assert len(world.databricks.serving.received) == 1
    assert len(shown(world, answer)) == 1


async def test_what_a_model_writes_is_only_text(world: World) -> None:
    """Nothing in it pings, links or breaks out; numbers that it was not given are named."""
    evil = (
        "<!channel> <@U0ADA00001> [pay](https://evil.example) <https://evil.example|bank.com> ``` 87,654,321%"
    )
    world.databricks.serving.says = evil
    answer = await ask(world)
    await press(world, answer)
    text = await insights(world, answer, "87,654,321%")
    assert words.insights.unfounded("87,654,321%") in text
    [message] = shown(world, answer)
    assert not any(live in repr(message.blocks) + message.text for live in ("<!", "<@", "<http", "](http"))


async def test_a_forgotten_answer_is_told_privately(world: World) -> None:
    """An answer that the bot does not remember is told so, privately, and nothing is posted."""
    answer = await ask(world)
    await world.bots[0].end(signal.SIGTERM)
    await world.start_bot(REDIS_PREFIX="another")
    await press(world, answer)
    await world.slack.until(
        lambda: any(each.text == words.insights.FORGOTTEN for each in world.slack.ephemerals)
    )
    assert shown(world, answer) == []
