"""Guests and people of other companies are not answered, and only they are told so."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from render import words
from sandbox.faults import Fault
from sandbox.slack.state import seed_data
from tests.stories.privacy import QUESTION
from tests.stories.world import GENIE, World, company

pytestmark = pytest.mark.redis

AGENCY, PARTNER = "C0AGENCY06", "C0PARTNER7"
GUEST, OUTSIDER = "U0GINA0011", "U0XENIA013"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company and start one bot in it."""
    async with company(redis_url, CHARTS="off") as opened:
        await opened.start_bot()
        yield opened


async def test_guests_and_other_companies_are_told_privately(world: World) -> None:
    """Whether they mention the bot or use its command: nothing is posted, and Genie is not asked."""
    await world.ask(f"{GENIE} {QUESTION}", GUEST, AGENCY)
    await world.ask(f"{GENIE} {QUESTION}", OUTSIDER, PARTNER)
    await world.slack.until(lambda: world.slack.ephemerals[1:] or None)
    await world.slack.command(GUEST, AGENCY, "/genie", QUESTION)
    await world.slack.until(lambda: world.slack.ephemerals[2:] or None)
    assert {(each.for_user, each.text) for each in world.slack.ephemerals} == {
        (GUEST, words.questions.GUEST),
        (OUTSIDER, words.questions.EXTERNAL_PERSON),
    }
    await world.until(lambda: sum("question.ended" in line for line in world.bots[-1].log) == 2)
    assert [each for line in world.bots[-1].log for each in ('"guest"', '"external"') if each in line]
    for channel in (AGENCY, PARTNER):
        assert [each for each in world.slack.workspace.messages[channel].values() if each.bot_id] == []
    assert world.databricks.questions() == []


async def test_a_guest_whom_slack_describes_late_is_not_answered(world: World) -> None:
    """The question waits for Slack's word about its asker."""
    late = replace(seed_data.GUEST, id="U0LATE0015", name="late")
    world.slack.workspace.users[late.id] = late
    world.slack.faults.add(Fault(path="/api/users.info", delay=1.5, times=None))
    world.slack.workspace.channels[AGENCY].members.add(late.id)
    await world.ask(f"{GENIE} {QUESTION}", late.id, AGENCY)
    [told] = await world.slack.until(lambda: world.slack.ephemerals or None)
    assert (told.for_user, told.text) == (late.id, words.questions.GUEST)
    assert world.databricks.questions() == []
