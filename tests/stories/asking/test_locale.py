"""Numbers and dates as whoever asked writes them."""

import re
from typing import Any

import pytest

from render import words
from render.answer.chart_menu import CHART
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.stories.world import ADA, BEN, GENIE, SALES, World, company, words_of

pytestmark = pytest.mark.redis

DIEGO, EMI = "U0DIEGO004", "U0EMI00005"
SPANISH = re.compile(r"\d,\d+M\b")
"""Millions in a chart."""


def pictured(message: Message) -> str:
    """Return how the picture of an answer is described; empty when it has none."""
    return next((str(block["alt_text"]) for block in message.blocks if block["type"] == "image"), "")


def menu(message: Message) -> dict[str, Any]:
    """Return the chart menu of an answer."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    return next(each for each in elements if str(each.get("action_id")).startswith(CHART))


async def drawn(world: World, answer: Message, kind: str) -> str:
    """Wait until an answer shows a kind of chart; return its description."""

    def there() -> str | None:
        said = pictured(world.slack.workspace.message(SALES, answer.ts))
        return said if said.startswith(words.charts.KINDS[kind]) else None

    return str(await world.slack.until(there, 20))


async def test_an_answer_is_written_as_its_asker_writes(world: World) -> None:
    """Slack tells the asker's language: Spain writes 1.234,50, and Japan begins a date with its year."""
    spanish = await world.ask(f"{GENIE} revenue by region last year", DIEGO)
    japanese = await world.ask(f"{GENIE} revenue by month last year", EMI)
    assert re.search(r"\d{1,3}(\.\d{3})+,\d\d", words_of(await world.answer(spanish)))
    dated = await world.answer(japanese)
    assert re.search(r"\d{4}-\d\d", words_of(dated))
    assert re.search(r"from \d{4}-\d\d to \d{4}-\d\d", await drawn(world, dated, "line"))


@pytest.mark.slow
async def test_a_chart_that_somebody_else_chose_is_still_its_askers(world: World) -> None:
    """One message writes numbers in one way, whoever has its picture drawn again."""
    answer = await world.answer(await world.ask(f"{GENIE} revenue by region last year", DIEGO))
    assert SPANISH.search(await drawn(world, answer, "bar"))
    shown = menu(world.slack.workspace.message(SALES, answer.ts))
    await world.slack.click(BEN, SALES, answer.ts, shown["action_id"], selected_option="donut")
    assert SPANISH.search(await drawn(world, answer, "donut"))


@pytest.mark.slow
async def test_an_answer_that_somebody_else_fetched_is_still_its_askers(redis_url: str) -> None:
    """Whoever presses "Check Again" brings the answer to the person who asked."""
    async with company(redis_url, timing=Timing(total=lambda _: 4.0), ANSWER_DEADLINE_SECONDS="2") as world:
        await world.start_bot()
        overdue = await world.answer(await world.ask(f"{GENIE} revenue by region last year", DIEGO))
        assert words.failures.DEADLINE in words_of(overdue)
        await world.until(lambda: bool(world.databricks.finished))
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        assert SPANISH.search((await world.chart(overdue))["alt_text"])
