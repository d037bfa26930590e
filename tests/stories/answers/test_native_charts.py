"""Slack's own charts, for who runs the bot with CHARTS=native, and none with CHARTS=off."""

import json

import pytest

from render.answer.chart_menu import CHART
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.world import BEN, GENIE, OWN_CHARTS, SALES, World, company, kinds

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


def menu(message: Message) -> str:
    """Return the action id of the menu from which people choose another chart; empty without one."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    ids = [str(each.get("action_id")) for each in elements]
    return next((each for each in ids if each.startswith(f"{CHART}:")), "")


def now(world: World, message: Message) -> Message:
    """Return an answer as it is now."""
    return world.slack.workspace.message(SALES, message.ts)


async def test_slack_draws_what_it_can(redis_url: str) -> None:
    """The answer holds Slack's own chart above the table, at once, with words for who cannot see it."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="native") as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        shown = kinds(answer)
        assert shown.index("data_visualization") < shown.index("data_table")
        assert "image" not in shown
        assert "Bar chart: " in answer.text
        assert menu(answer)


@pytest.mark.slow
async def test_slack_draws_what_was_chosen(redis_url: str) -> None:
    """Another chart of Slack's own needs no upload, so it stands where uploads are forbidden."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="native") as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        full = '{"ok": false, "error": "storage_limit_reached"}'
        world.slack.faults.add(Fault(path="*/files.getUploadURLExternal", status=200, body=full, times=None))
        await world.slack.click(BEN, SALES, answer.ts, menu(answer), selected_option="donut")
        await world.slack.until(lambda: "pie" in str(now(world, answer).blocks) or None)
        assert not world.slack.ephemerals


async def test_what_slack_will_not_draw_after_all_is_a_picture(redis_url: str) -> None:
    """A choice that Slack refuses to draw is drawn by the bot."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="native") as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(QUESTION))
        await world.until(lambda: any('"answered"' in line for line in world.bots[0].log))
        refusal = json.dumps({"ok": False, "error": "invalid_blocks"})
        world.slack.faults.add(Fault(path="/api/chat.update", status=200, body=refusal))
        await world.slack.click(BEN, SALES, answer.ts, menu(answer), selected_option="donut")
        assert (await world.chart(answer))["alt_text"].startswith("Donut chart")


@pytest.mark.slow
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
        assert not menu(answer)
