"""Changes of accounts reach what the bot remembers of people."""

from typing import Any

import pytest
from redis.asyncio import Redis

from bot.slack.users import Person, to_json
from tests.unit.handlers.slack_app import ADA, KEYS, TEAM, Listeners

pytestmark = pytest.mark.redis

BEN, MINUTE_MS = "U0BEN", 60_000


def user_change(user: str, **account: bool) -> dict[str, Any]:
    told = {"id": user, "team_id": TEAM, "deleted": True} | account
    event = {"type": "user_change", "user": told, "event_ts": "1.1"}
    authorization = {"team_id": TEAM, "user_id": "U0BOT"}
    return {"type": "event_callback", "team_id": TEAM, "authorizations": [authorization], "event": event}


async def test_a_changed_account_is_forgotten(redis: "Redis") -> None:
    """The next reading asks Slack about this person; the others stay remembered."""
    for user in (ADA, BEN):
        await redis.set(KEYS.person(TEAM, user), to_json(Person(user)), px=MINUTE_MS)
    listeners = Listeners(redis)
    assert (await listeners.take(user_change(ADA))).status == 200
    assert await listeners.services.users.remembered(TEAM, [ADA, BEN]) == {BEN: Person(BEN)}


@pytest.mark.parametrize("standing", ["is_restricted", "is_ultra_restricted", ""])
async def test_a_new_guest_has_the_channels_counted_anew(standing: str, redis: "Redis") -> None:
    """No channel is joined by that; the change of a colleague counts nothing."""
    await Listeners(redis).take(user_change(ADA, **({standing: True} if standing else {})))
    assert await redis.exists(KEYS.guests_changed(TEAM)) == bool(standing)


async def test_without_redis_slack_sends_a_change_again() -> None:
    """A deactivation is not lost to an outage."""
    async with Redis.from_url("redis://127.0.0.1:9") as away:
        assert (await Listeners(away).take(user_change(ADA))).status == 503
