"""Where people ask as themselves, a watch runs with the rights of its owner, and ends with the sign-in."""

import pytest
from redis.asyncio import Redis

from render import words
from sandbox.slack.state.records import Message
from tests.stories.identity.people import ANA, direct, offers
from tests.stories.identity.signed_in import signed_in
from tests.stories.watches.conftest import look_often
from tests.stories.watches.runs import due, watch_answer
from tests.stories.watches.watching import Watching
from tests.stories.world import GENIE, World, words_of

pytestmark = pytest.mark.redis

ANAS = "ana@example.com"


def told(world: World, text: str) -> int:
    """Count what Ana was told in direct messages."""
    said = world.slack.workspace.messages[direct(world, ANA)].values()
    return sum(text in words_of(each) for each in said if each.bot_id)


@pytest.mark.slow
async def test_a_private_watch_reports_directly_until_its_owner_is_signed_out(
    redis_url: str,
) -> None:
    """The query runs as its owner alone; without a sign-in it rests, which is told once, without a link."""
    async with (
        Redis.from_url(redis_url, decode_responses=True) as redis,
        signed_in(redis_url) as world,
    ):
        watching = Watching(world, redis)
        await world.start_bot(prepare=look_often)
        await world.ask(f"{GENIE} revenue by region last year", ANA)
        answer = await world.slack.until(lambda: _answer(world))
        name = await watch_answer(watching, answer, user=ANA)
        await due(watching, name)
        assert told(world, "adds up to") == 1
        runs = [each.identity for each in world.databricks.request_log if each.kind == "execute"]
        assert runs == [ANAS] * 2
        world.databricks.end_grants(ANAS)
        resting = await due(watching, name)
        assert (resting.progress.paused, resting.progress.due) == ("not_signed_in", None)
        assert told(world, words.watches.SIGNED_OUT) == 1
        assert offers(world, ANA) == []


def _answer(world: World) -> Message | None:
    channel = direct(world, ANA)
    said = world.slack.workspace.messages[channel].values() if channel else ()
    return next((each for each in said if words.answer.AI_GENERATED in words_of(each)), None)
