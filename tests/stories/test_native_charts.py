"""Slack's own charts, for who runs the bot with CHARTS=native, and none with CHARTS=off."""

import json

import pytest

from render.picture import CHART
from sandbox.faults import Fault
from sandbox.slack.records import Message
from tests.stories.world import GENIE, OWN_CHARTS, company, kinds

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


def has_menu(message: Message) -> bool:
    """Tell whether people can choose another chart."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    return any(str(each.get("action_id")).startswith(f"{CHART}:") for each in elements)


async def test_slack_draws_what_it_can(redis_url: str) -> None:
    """The answer holds Slack's own chart above the table, at once, with words for who cannot see it."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="native") as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        shown = kinds(answer)
        assert shown.index("data_visualization") < shown.index("data_table")
        assert "image" not in shown
        assert "Bar chart: " in answer.text
        assert has_menu(answer)


async def test_a_picture_takes_its_place_where_slack_refuses_it(redis_url: str) -> None:
    """Not every client and plan has the block: the answer then looks as it does without the setting."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="native") as world:
        await world.start_bot()
        refusal = json.dumps({"ok": False, "error": "invalid_blocks"})
        world.slack.faults.add(Fault(path="/api/chat.update", status=200, body=refusal))
        answer = await world.answer(await world.ask(QUESTION))
        assert (await world.chart(answer))["alt_text"].startswith("Bar chart")
        [now] = [message for message in world.ours(answer.thread_ts or "") if message.ts == answer.ts]
        assert "data_visualization" not in kinds(now)
        assert "data_table" in kinds(now)


async def test_an_operator_may_want_tables_only(redis_url: str) -> None:
    """No picture, no menu, and the rows as ever."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="off") as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        assert "data_table" in kinds(answer)
        assert not {"image", "data_visualization"} & set(kinds(answer))
        assert not has_menu(answer)
