"""Slack takes calls that an answer can do without, and never answers them."""

import pytest

from sandbox.faults import Fault
from tests.stories.world import BEN, GENIE, OWN_CHARTS, company

pytestmark = pytest.mark.redis

OPTIONAL = (
    "/api/users.info",
    "/api/assistant.threads.setStatus",
    "/api/agents.sessions.setStatus",
    "/api/chat.getPermalink",
    "/api/files.info",
)
SECONDS = 15.0
"""Slack's own library gives each such call 30."""


async def test_an_answer_waits_for_no_call_that_it_can_do_without(redis_url: str) -> None:
    """No name, language, status or address comes: the first word does, and the answer with its picture."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot(warm=True)
        for path in OPTIONAL:
            world.slack.faults.add(Fault(path=path, delay=120.0, times=None))
        asked = await world.ask(f"{GENIE} revenue by region last year, <@{BEN}>")
        await world.slack.until(lambda: world.ours(asked), SECONDS)
        await world.answer(asked, within=SECONDS)
        assert await world.slack.until(lambda: [each for each in world.ours(asked) if each.files], SECONDS)
        await world.until(lambda: any("question.ended" in line for line in world.bots[-1].log), SECONDS)
        assert len(world.databricks.questions()) == 1
