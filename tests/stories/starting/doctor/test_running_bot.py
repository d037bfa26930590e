"""What a running bot keeps of Slack is what the check tells."""

import asyncio

import pytest

from bot.doctor.model import Level
from tests.stories.starting.doctor.office import looked_at, named
from tests.stories.world import ANSWER_SECONDS, GENIE, World

pytestmark = pytest.mark.redis


async def test_what_the_bot_has_heard_is_told(world: World) -> None:
    """After a mention its two kinds of events are known, and that nobody else connects."""
    await world.answer(await world.ask(f"{GENIE} help"))
    async with asyncio.timeout(ANSWER_SECONDS):
        while len(findings := named(await looked_at(world), "slack.events")) < 2:
            assert findings
    heard, missing = findings
    assert (heard.level, missing.level) == (Level.GREEN, Level.YELLOW)
    assert "app_mention, message.channels;" in heard.text
    assert "reaction_added" in missing.text
    (connections,) = named(await looked_at(world), "slack.connections")
    assert (connections.level, "1 of this installation" in connections.text) == (Level.GREEN, True)
