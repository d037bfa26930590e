"""Questions go to experts, who take, confirm and correct them; what is confirmed comes back."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from render import words
from render.answer.confirmed import SIMILAR
from render.blockkit.buttons import ASK_EXPERT
from render.expert.card import CANNOT_ANSWER, CONFIRM, CORRECT, TAKE
from render.expert.modals import REASON, SQL, WORDS
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.timing import Turn
from sandbox.slack.state.records import Message, View
from tests.stories.exports import press as choose
from tests.stories.world import ADA, BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
DIRECT = "D0ADA00000"
FINANCE = "C0FINANCE2"
"""Ada, Ben and Chloe are its members."""


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one replica; the experts' channel is that for feedback."""
    async with company(redis_url, databricks=OWN_CHARTS, FEEDBACK_CHANNEL=FINANCE) as opened:
        await opened.start_bot()
        yield opened


def cards(world: World) -> list[Message]:
    """Return what the bot posted for experts."""
    return [each for each in world.slack.workspace.roots(FINANCE) if each.bot_id]


async def sent(world: World, question: str = QUESTION) -> tuple[Message, Message]:
    """Ask, press the button, and wait for the card; return the answer and the card."""
    before = len(cards(world))
    answer = await world.answer(await world.ask(question))
    await choose(world, answer, ASK_EXPERT)
    card = await world.slack.until(lambda: next(iter(cards(world)[before:]), None))
    return answer, card


async def press(world: World, card: Message, action: str, user: str) -> None:
    """Press a button of a card."""
    await world.slack.click(user, FINANCE, card.ts, action)


async def fill(world: World, user: str, **texts: str) -> View:
    """Submit the form on somebody's screen."""
    views = world.slack.workspace.views
    view = await world.slack.until(lambda: next((v for v in views.values() if v.user == user), None))
    values: dict[str, Any] = {
        name: {name: {"type": "plain_text_input", "value": text or None}} for name, text in texts.items()
    }
    await world.slack.submit_view(user, view.id, values)
    return view


async def shows(world: World, message: Message, text: str) -> str:
    """Wait until a message says something; return all of it."""

    def said() -> str | None:
        now = json.dumps(world.slack.workspace.message(message.channel, message.ts).blocks)
        return now if text in now else None

    return await world.slack.until(said)


async def told(world: World, thread: str, text: str) -> str:
    """Wait until a thread has a message of the bot that says something; return all of it."""

    def said() -> str | None:
        found = (words_of(each) for each in world.ours(thread))
        return next((each for each in found if text in each), None)

    return await world.slack.until(said)


def ephemerals(world: World, user: str) -> list[str]:
    """Return what only one person was told."""
    return [words_of(each) for each in world.slack.ephemerals if each.for_user == user]


async def test_two_experts_and_one_who_confirms(world: World) -> None:
    """Pressed twice it is one card; one of two takes it and confirms it; who asks the same reads that."""
    await world.start_bot(PORT="0")
    answer, card = await sent(world)
    thread = answer.thread_ts or ""
    await choose(world, answer, ASK_EXPERT)
    await world.slack.until(lambda: words.experts.ALREADY_SENT in ephemerals(world, ADA))
    shown = json.dumps(card.blocks)
    assert all(part in shown for part in ("Ada Okafor", "revenue by region last year", "SELECT", SALES))
    assert "EMEA" not in shown

    await asyncio.gather(*(press(world, card, TAKE, user) for user in (BEN, CHLOE)))
    await shows(world, card, "Taken by ")
    await world.slack.until(lambda: ephemerals(world, BEN) or ephemerals(world, CHLOE))
    taker, other = (CHLOE, BEN) if ephemerals(world, BEN) else (BEN, CHLOE)
    assert "took this question on" in ephemerals(world, other)[0]
    assert f"<@{ADA}>: " in await told(world, thread, "is looking at this question")
    await press(world, card, CONFIRM, ADA)
    await world.slack.until(lambda: words.experts.OWN in ephemerals(world, ADA))

    await press(world, card, CONFIRM, taker)
    assert CONFIRM not in await shows(world, card, "Confirmed by ")
    await told(world, thread, "confirmed this answer")
    marked = await shows(world, answer, "this is the confirmed SQL")
    assert ASK_EXPERT not in marked

    again = await world.answer(await world.ask(f"{GENIE} Revenue  by region last year?", CHLOE))
    assert "this is the confirmed SQL" in words_of(again)
    assert len(cards(world)) == 1

    world.databricks.turns.add(Turn(end="FAILED", error_type="SQL_EXECUTION_EXCEPTION"))
    failure = words_of(await world.answer(await world.ask(QUESTION)))
    assert words.failures.SQL_FAILED in failure
    assert "confirmed SQL for this question on" in failure
    assert "SELECT" in failure


@pytest.mark.slow
async def test_a_correction_stands_beside_genies_sql(world: World) -> None:
    """Who asked reads words and SQL; who asks the same sees both queries, and who asks similarly an offer."""
    answer, card = await sent(world)
    await press(world, card, CORRECT, BEN)
    form = await fill(world, BEN, **{SQL: "", WORDS: ""})
    assert form.id in world.slack.workspace.views  # nothing was written, which it says
    await fill(world, BEN, **{SQL: "SELECT <!channel> FROM fixed", WORDS: "returns were *missing*"})
    said = await told(world, answer.thread_ts or "", "corrected this answer:")
    assert "returns were *missing*" in said
    assert "SELECT <!channel> FROM fixed" in said
    await shows(world, card, "Corrected by ")
    assert "&lt;!channel&gt; FROM fixed" in await shows(world, answer, "other SQL than this answer has")

    similar = await world.answer(await world.ask(f"{GENIE} units by region last year", CHLOE))
    assert words.experts.SIMILAR in words_of(similar)
    await world.slack.click(CHLOE, SALES, similar.ts, f"{SIMILAR}:0")
    same = await world.answer(similar.thread_ts or "", 2)
    assert "other SQL than this answer has" in words_of(same)
    other = await world.ask(f"{GENIE} units by month last year", CHLOE)
    await world.answer(other)
    await world.ask("revenue by region last year", CHLOE, thread=other)
    assert "Confirmed by" not in words_of(await world.answer(other, 2))


async def test_an_expert_cannot_answer_either(world: World) -> None:
    """The button stands below a failure, too; the reason is told, and the card takes no other word."""
    world.databricks.turns.add(Turn(end="FAILED", error_type="SQL_EXECUTION_EXCEPTION"))
    failure, card = await sent(world)
    shown = json.dumps(card.blocks)
    assert "SQL_EXECUTION_EXCEPTION" in shown
    assert CONFIRM not in shown
    await press(world, card, CANNOT_ANSWER, BEN)
    await fill(world, BEN, **{REASON: "we have no returns"})
    assert "we have no returns" in await told(
        world, failure.thread_ts or "", "could not answer this question:"
    )
    await shows(world, card, "Could not be answered, said ")
    decided = world.slack.workspace.message(FINANCE, card.ts)
    assert [block["type"] for block in decided.blocks].count("actions") == 1  # the link to the thread
    assert TAKE not in json.dumps(decided.blocks)


async def test_a_private_question_goes_to_experts_with_consent(redis_url: str) -> None:
    """The button says first what goes where; the card leads nowhere, and the asker is told privately."""
    leaders = "C0LEADERS4"
    async with company(redis_url, FEEDBACK_CHANNEL=FINANCE, EXPERT_CHANNEL=leaders, CHARTS="off") as world:
        await world.start_bot()
        roots = world.slack.workspace.roots
        await world.slack.command(ADA, SALES, "/genie", "private revenue by region last year")
        root = await world.slack.until(lambda: next(iter(roots(DIRECT)), None))
        answer = await world.answer(root.ts, channel=DIRECT)
        [button] = [
            each
            for block in answer.blocks
            for each in block.get("elements", ())
            if each.get("action_id") == ASK_EXPERT
        ]
        assert button["confirm"]["text"]["text"] == words.experts.ASK_PRIVATE
        await world.slack.click(ADA, DIRECT, answer.ts, ASK_EXPERT)
        card = await world.slack.until(lambda: next((c for c in roots(leaders) if c.bot_id), None))
        assert words.experts.PRIVATE in words_of(card)
        assert words.feedback.OPEN_THREAD not in words_of(card)
        assert cards(world) == []
        await world.slack.click(BEN, leaders, card.ts, CONFIRM)
        await world.slack.until(
            lambda: any("confirmed this" in words_of(m) for m in world.ours(root.ts, DIRECT))
        )
        similar = await world.answer(await world.ask(f"{GENIE} units by region last year", CHLOE))
        assert "revenue" not in words_of(similar)


@pytest.mark.slow
async def test_research_that_failed_is_put_before_them_as_well(world: World) -> None:
    """Below the report of what Genie had found, as below any failure."""
    world.databricks.turns.add(Turn(agent=AgentTurn(end="failed", queries=1)))
    thread = await world.ask(f"{GENIE} research: revenue by region last year")

    def failed() -> Message | None:
        return next((m for m in world.ours(thread) if words.research.FAILED_WITH in words_of(m)), None)

    await choose(world, await world.slack.until(failed), ASK_EXPERT)
    card = await world.slack.until(lambda: next(iter(cards(world)), None))
    assert "revenue by region last year" in words_of(card)
