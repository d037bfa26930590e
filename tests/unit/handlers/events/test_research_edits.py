"""The word that asks for research comes into a message by an edit, or goes."""

import pytest
from redis.asyncio import Redis

from tests.unit.handlers.events.test_changes import ID, OLD, SOON, edit
from tests.unit.handlers.slack_app import BOT, CHANNEL, KEYS, TEAM, TS, Listeners, event, mention

pytestmark = pytest.mark.redis

DEEP = f"<@{BOT}> research: revenue?"


@pytest.mark.parametrize(("before", "after", "deep"), [(OLD, DEEP, True), (DEEP, OLD, False)])
async def test_an_edit_changes_the_mode_of_a_question(
    redis: "Redis", before: str, after: str, *, deep: bool
) -> None:
    """Although the words that Genie gets are the same; the replies in its thread are as it is."""
    listeners = Listeners(redis)
    await listeners.take(mention(text=before))
    await listeners.take(edit(after, before))
    revision = await listeners.questions.find(f"{ID}.{SOON}")
    assert revision
    assert revision.research is deep
    assert await redis.hget(KEYS.question(ID), "withdrawn") == "1"
    await listeners.take(
        event("message", text="by month?", channel_type="channel", thread_ts=TS, ts="1700000002.000100")
    )
    reply = await listeners.questions.find(f"{TEAM}.{CHANNEL}.1700000002.000100")
    assert reply
    assert reply.research is deep
