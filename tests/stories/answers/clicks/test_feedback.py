"""People rate answers: by thumb or by reaction, each for themselves, and Genie learns the latest."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.store.keys import Keys
from render import words
from render.blockkit.buttons import FEEDBACK, TAKE_BACK, WHY
from render.notices.feedback import REASONS, WORDS
from sandbox.faults import Fault
from sandbox.slack.state.records import Message, View
from tests.stories.kill import kill
from tests.stories.world import (
    ADA,
    ANSWER_SECONDS,
    BEN,
    CHLOE,
    GENIE,
    SALES,
    World,
    company,
    kinds,
    words_of,
)

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
FINANCE = "C0FINANCE2"
RATE = "*/feedback"
"""The path on which Genie takes ratings."""


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot."""
    async with company(redis_url, FEEDBACK_CHANNEL=FINANCE) as opened:
        await opened.start_bot()
        yield opened


async def ask(world: World) -> Message:
    """Get an answer with its chart."""
    answer = await world.answer(await world.ask(QUESTION))
    await world.chart(answer)
    return answer


async def press(world: World, answer: Message, rating: str, user: str = ADA) -> None:
    """Press a thumb below an answer."""
    now = world.slack.workspace.message(SALES, answer.ts)
    [thumbs] = now.blocks[-1]["elements"]
    value = thumbs[f"{rating}_button"]["value"]
    await world.slack.click(user, SALES, answer.ts, FEEDBACK, value=value)


async def modal(world: World, user: str = ADA) -> View:
    """Wait for the modal on somebody's screen."""
    views = world.slack.workspace.views
    return await world.slack.until(lambda: next((v for v in views.values() if v.user == user), None))


async def explain(world: World, comment: str, *reasons: str, user: str = ADA) -> View:
    """Say in the modal what was wrong."""
    view = await modal(world, user)
    options = [
        {"value": each, "text": {"type": "plain_text", "text": words.feedback.REASONS[each]}}
        for each in reasons
    ]
    values: dict[str, Any] = {
        REASONS: {REASONS: {"type": "checkboxes", "selected_options": options}},
        WORDS: {WORDS: {"type": "plain_text_input", "value": comment or None}},
    }
    await world.slack.submit_view(user, view.id, values)
    return view


def rating(world: World) -> tuple[str, str]:
    """Return what Genie knows of the only message: its rating and the comment with it."""
    [asked] = world.databricks.questions()
    return world.databricks.feedback_on(asked.conversation_id, asked.message_id)


async def rated(world: World, expected: str, comment: str = "") -> None:
    """Wait until Genie has a rating."""
    await world.until(lambda: rating(world) == (expected, comment))


def sent(world: World) -> list[int]:
    """Return how Genie answered each rating."""
    return [each.status for each in world.databricks.request_log if each.kind == "feedback"]


def ephemerals_for(world: World, user: str = ADA) -> list[str]:
    """Return what only one person was told."""
    return [words_of(each).splitlines()[0] for each in world.slack.ephemerals if each.for_user == user]


async def told(world: World, sentence: str, user: str = ADA) -> None:
    """Wait until somebody was told something privately."""
    await world.slack.until(lambda: ephemerals_for(world, user)[-1:] == [sentence])


def reviews(world: World) -> list[Message]:
    """Return what the bot posted for reviewers."""
    return [each for each in world.slack.workspace.roots(FINANCE) if each.bot_id]


async def settled(world: World, jobs: int) -> None:
    """Wait until so many ratings have come to their end."""
    await world.until(lambda: sum('"rated"' in line for bot in world.bots for line in bot.log) >= jobs)


async def test_a_thumb_reaches_genie_and_leaves_the_answer_as_it_is(world: World) -> None:
    """Good is confirmed privately and told to Genie; pressed again nothing changes, and that is said."""
    answer = await ask(world)
    before = world.slack.workspace.message(SALES, answer.ts)
    assert kinds(before)[-1] == "context_actions"
    await press(world, answer, "positive")
    await told(world, words.feedback.GOOD_TAKEN)
    await rated(world, "POSITIVE")
    await press(world, answer, "positive")
    await told(world, words.feedback.GOOD_ALREADY)
    assert sent(world) == [200]
    assert world.slack.workspace.message(SALES, answer.ts) == before


async def test_a_bad_answer_may_be_explained(world: World) -> None:
    """The modal's reasons go to Genie with the rating, and to the reviewers with who, what and where."""
    answer = await ask(world)
    await press(world, answer, "negative")
    await rated(world, "NEGATIVE")
    view = await explain(world, "Q4 is <!channel> *off*", "figures", "data")
    comment = "The figures are wrong; Data is missing or too old.\nQ4 is <!channel> *off*"
    await rated(world, "NEGATIVE", comment)
    assert words.feedback.THANKS in json.dumps(view.content)
    review = await world.slack.until(lambda: next(iter(reviews(world)), None))
    shown = json.dumps(review.blocks)
    assert words.feedback.rated_bad("Ada Okafor") in shown
    assert "revenue by region last year" in shown
    assert json.dumps(comment) in shown
    assert f"{SALES}/p{answer.ts.replace('.', '')}" in shown
    assert not [part for part in ("SELECT", "EMEA", "mrkdwn") if part in shown]
    await settled(world, 2)
    assert len(reviews(world)) == 1


@pytest.mark.slow
async def test_minds_change(world: World) -> None:
    """Good becomes bad and is taken back; what was submitted empty only closes the modal."""
    answer = await ask(world)
    await press(world, answer, "positive")
    await rated(world, "POSITIVE")
    await press(world, answer, "negative")
    await told(world, words.feedback.BAD_TAKEN)
    await rated(world, "NEGATIVE")
    await explain(world, "")
    await world.slack.until(lambda: not world.slack.workspace.views)
    confirmation = world.slack.ephemerals[-1]
    await world.slack.click(ADA, SALES, confirmation.ts, TAKE_BACK)
    await told(world, words.feedback.TAKEN_BACK)
    await rated(world, "NONE")
    assert reviews(world) == []


async def test_reactions_count_and_count_no_more_when_they_go(world: World, redis_url: str) -> None:
    """Thumbs of any skin on the answer are ratings, to be explained or not; nothing else is."""
    answer = await ask(world)
    for name in ("tada", "+1::skin-tone-4"):
        await world.slack.react(BEN, SALES, answer.ts, name)
    await world.slack.react(BEN, SALES, answer.thread_ts or "", "-1")
    await rated(world, "POSITIVE")
    await nothing_due(world, redis_url)
    await world.slack.react(ADA, SALES, answer.ts, "-1")
    await rated(world, "NEGATIVE")
    await nothing_due(world, redis_url)
    offered = await world.slack.until(lambda: next(iter(world.slack.ephemerals), None))
    await world.slack.click(ADA, SALES, offered.ts, WHY)
    await explain(world, "wrong year")
    await rated(world, "NEGATIVE", "wrong year")
    await nothing_due(world, redis_url)
    await world.slack.react(ADA, SALES, answer.ts, "-1", add=False)
    await rated(world, "POSITIVE")
    await nothing_due(world, redis_url)
    await world.slack.react(BEN, SALES, answer.ts, "+1::skin-tone-4", add=False)
    await rated(world, "NONE")
    await nothing_due(world, redis_url)
    await settled(world, 5)
    assert (sent(world), len(reviews(world))) == ([200] * 5, 1)
    assert ephemerals_for(world) == [words.feedback.BAD_REACTION_TAKEN]


async def test_ratings_survive_a_kill_and_an_outage(world: World) -> None:
    """While Databricks is away and the bot dies, what was pressed is kept, and told when both are back."""
    answer = await ask(world)
    world.databricks.faults.add(Fault(path=RATE, status=503, times=None))
    await press(world, answer, "negative")
    await explain(world, "wrong year")
    await world.until(lambda: len(sent(world)) >= 1)
    await kill(world, world.bots[0])
    world.databricks.faults.clear()
    await world.start_bot()
    await world.until(lambda: rating(world) == ("NEGATIVE", "wrong year"))
    await settled(world, 2)
    assert len(reviews(world)) == 1
    await press(world, answer, "negative")
    await told(world, words.feedback.BAD_ALREADY)


async def nothing_due(world: World, redis_url: str) -> None:
    """Wait until no replica has anything left to do."""
    due = Keys(world.environment["REDIS_PREFIX"]).due
    async with asyncio.timeout(ANSWER_SECONDS), Redis.from_url(redis_url) as redis:
        while await redis.zcard(due):  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.01)


async def test_two_people_and_two_replicas_at_once(world: World, redis_url: str) -> None:
    """Everybody's rating is kept, and Genie ends with the one that was given last."""
    await world.start_bot(PORT="0")
    answer = await ask(world)
    for user in (BEN, CHLOE):
        await press(world, answer, "positive", user)
    await asyncio.gather(*(press(world, answer, "negative", user) for user in (ADA, BEN, CHLOE)))
    await rated(world, "NEGATIVE")
    await asyncio.gather(*(world.slack.react(user, SALES, answer.ts, "+1") for user in (ADA, BEN, CHLOE)))
    await rated(world, "POSITIVE")
    await asyncio.gather(
        *(world.slack.react(user, SALES, answer.ts, "+1", add=False) for user in (ADA, BEN, CHLOE))
    )
    await rated(world, "NEGATIVE")
    # A reaction may be gone before Slack's word that it came is heard: how many jobs there are is open.
    await nothing_due(world, redis_url)
    assert rating(world) == ("NEGATIVE", "")


@pytest.mark.slow
async def test_a_closed_review_channel_costs_nothing(redis_url: str) -> None:
    """Where the bot may not post, one line in the log names the channel, and Genie is told all the same."""
    async with company(redis_url, FEEDBACK_CHANNEL="C0RANDOM03") as world:
        bot = await world.start_bot()
        answer = await ask(world)
        await press(world, answer, "negative")
        await explain(world, "too slow")
        await rated(world, "NEGATIVE", "too slow")
        await settled(world, 2)
        [line] = [json.loads(line) for line in bot.log if "feedback.not_reviewed" in line]
        assert (line["slack"], line["channel"]) == ("not_in_channel", "C0RANDOM03")


async def test_a_forgotten_answer_is_not_rated(world: World) -> None:
    """Once its thread is forgotten, nothing is kept of an answer, ratings neither."""
    answer = await ask(world)
    await press(world, answer, "positive")
    await settled(world, 1)
    row = next(b["elements"] for b in answer.blocks if "overflow" in str(b.get("elements")))
    menu, option = row[-1]["action_id"], row[-1]["options"][-1]["value"]
    await world.slack.click(ADA, SALES, answer.ts, menu, selected_option=option)
    await world.slack.submit_view(ADA, (await modal(world)).id, {})
    await world.until(lambda: any("forgotten" in line for bot in world.bots for line in bot.log))
    await press(world, answer, "negative", BEN)
    await told(world, words.feedback.TOO_OLD, BEN)
    await world.slack.react(BEN, SALES, answer.ts, "-1")
    assert sent(world) == [200]
