"""Genie's own chart goes before ours, and ours is there whenever Genie's cannot be had."""

from collections.abc import AsyncIterator

import pytest

from render import words
from sandbox.faults import Fault
from tests.stories.kill import kill
from tests.stories.world import GENIE, World, company

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
DOWNLOAD = "*/download-visualization"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot; its Databricks draws charts."""
    async with company(redis_url) as opened:
        await opened.start_bot()
        yield opened


async def test_genies_chart_is_the_picture(world: World) -> None:
    """It is asked for, downloaded and shown, under its title and with the values that it shows."""
    block = await world.chart(await world.answer(await world.ask(QUESTION)))
    content = world.slack.workspace.files[block["slack_file"]["id"]].content
    assert (content or b"").startswith(b"\x89PNG")
    assert block["alt_text"].startswith(f"{words.answer.GENIE_CHART}: Revenue by region")
    assert "4 values from EMEA to LATAM" in block["alt_text"]
    assert "Bar chart" not in block["alt_text"]
    assert [each.kind for each in world.databricks.request_log].count("visualization") == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path=DOWNLOAD, status=404, times=None),
        pytest.param(Fault(path=DOWNLOAD, status=501, times=None), marks=pytest.mark.slow),
        pytest.param(
            Fault(
                path=DOWNLOAD, status=200, body="<html>sign in</html>", content_type="text/html", times=None
            ),
            marks=pytest.mark.slow,
        ),
        pytest.param(Fault(path=DOWNLOAD, malformed=True, times=None), marks=pytest.mark.slow),
        pytest.param(Fault(path=DOWNLOAD, drop=True, times=None), marks=pytest.mark.slow),
        pytest.param(Fault(path=DOWNLOAD, delay=30.0, times=None), marks=pytest.mark.slow),
    ],
    ids=["gone", "not enabled", "a login page", "half", "dropped", "slow"],
)
@pytest.mark.slow
async def test_ours_is_drawn_when_genies_cannot_be_had(world: World, fault: Fault) -> None:
    """Whatever stands in the way, the answer gets a picture within seconds."""
    world.databricks.faults.add(fault)
    block = await world.chart(await world.answer(await world.ask(QUESTION)))
    assert block["alt_text"].startswith("Bar chart")


async def test_genies_chart_is_shown_where_we_would_draw_none(world: World) -> None:
    """Without rows of ours to draw there is still Genie's picture."""
    world.databricks.faults.add(Fault(path="*/query-result", status=403, times=None))
    block = await world.chart(await world.answer(await world.ask(QUESTION)))
    assert block["alt_text"].startswith(words.answer.GENIE_CHART)


@pytest.mark.slow
async def test_a_crash_before_the_picture_is_made_up_for(world: World) -> None:
    """The bot dies while it fetches the chart; the next one shows it once."""
    world.databricks.faults.add(Fault(path=DOWNLOAD, delay=3.0))
    asked = await world.ask(QUESTION)
    answer = await world.answer(asked)
    await kill(world, world.bots[0])
    await world.start_bot()
    block = await world.chart(answer)
    assert block["alt_text"].startswith(words.answer.GENIE_CHART)
    assert len([each for each in world.ours(asked) if each.blocks]) == 1
