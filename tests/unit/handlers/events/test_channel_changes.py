"""Who comes into a channel is noticed by the next question there."""

from typing import Any

import pytest
from redis.asyncio import Redis

from tests.unit.handlers.slack_app import ADA, CHANNEL, KEYS, TEAM, Listeners

pytestmark = pytest.mark.redis


def happened(**event: str) -> dict[str, Any]:
    told = {"channel": CHANNEL, "event_ts": "1.1"} | event
    authorization = {"team_id": TEAM, "user_id": "U0BOT"}
    return {"type": "event_callback", "team_id": TEAM, "authorizations": [authorization], "event": told}


JOINED = happened(type="member_joined_channel", user=ADA, team=TEAM)
SHARED = happened(type="channel_shared", connected_team_id="T2")


@pytest.mark.parametrize("event", [JOINED, SHARED], ids=["joined", "shared"])
async def test_a_channel_that_others_came_into_is_looked_at_anew(
    event: dict[str, Any], redis: "Redis"
) -> None:
    """What was known of its readers is forgotten, apart from the guests who were there; others' stays."""
    keys = (KEYS.channel(TEAM, CHANNEL), KEYS.members(TEAM, CHANNEL), KEYS.guests(TEAM, CHANNEL))
    for key in (*keys, KEYS.channel(TEAM, "C2")):
        await redis.set(key, "1", px=60_000)
    assert (await Listeners(redis).take(event)).status == 200
    left = [KEYS.channel(TEAM, "C2"), KEYS.channel_changed(TEAM, CHANNEL), keys[2]]
    assert sorted(await redis.keys()) == sorted(left)


async def test_without_redis_slack_sends_it_again() -> None:
    """A guest who came is not lost to an outage."""
    async with Redis.from_url("redis://127.0.0.1:9") as away:
        assert (await Listeners(away).take(JOINED)).status == 503
