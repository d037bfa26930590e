"""Slack's storage answers like a success and has nothing: an answer promises only what came."""

from collections.abc import AsyncIterator

import pytest

from render import words
from sandbox.faults import Fault
from tests.stories.exports import ask, download, file, files
from tests.stories.world import GENIE, OWN_CHARTS, SALES, World, company, words_of

pytestmark = pytest.mark.redis

LONG = f"{GENIE} revenue by customer last year"
PAGE = Fault(path="/upload/*", status=200, body="<html><body>Sign in</body></html>", content_type="text/html")
PROMISE, TAKEN_BACK = "The attached CSV has all", "did not get into Slack"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot that draws nothing, so that the only upload is the file's."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="off") as opened:
        await opened.start_bot()
        yield opened


async def test_an_upload_that_got_lost_is_repeated(world: World) -> None:
    """The file stands in the thread, once, as the answer says."""
    world.slack.faults.add(PAGE)
    answer = await ask(world, LONG)
    assert (await file(world)).content
    assert PROMISE in words_of(world.slack.workspace.message(SALES, answer.ts))
    assert len(files(world)) == 1


async def test_a_file_that_stays_lost_is_not_promised(world: World) -> None:
    """The answer says so, and the button brings the file instead of saying that it stands there."""
    for _ in range(2):
        world.slack.faults.add(PAGE)
    answer = await ask(world, LONG)
    said = words_of(world.slack.workspace.message(SALES, answer.ts))
    assert TAKEN_BACK in said
    assert PROMISE not in said
    assert words.export.CSV in said
    await download(world, answer)
    assert (await file(world)).content
    await world.until(lambda: sum(".ended" in line for line in world.bots[-1].log) == 2)
    assert len(files(world)) == 1
    assert world.slack.ephemerals == ()
