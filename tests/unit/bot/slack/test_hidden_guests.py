"""Guests who could be overlooked: behind somebody whom Slack does not describe, or as something changes."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.slack import members
from bot.slack.channels import Channels
from bot.store.limiter import Rate
from sandbox.faults import Fault
from sandbox.slack import Slack
from sandbox.slack.state.seed_data import GUEST
from tests.unit.bot.slack.looking import KEYS, SALES, TEAM, looking

pytestmark = pytest.mark.redis

BEN = "U0BEN00002"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def channels(slack: Slack, redis: "Redis", monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Channels]:
    monkeypatch.setattr(members, "READINGS", Rate(1_000, 1.0))
    async with looking(slack, redis) as channels:
        yield channels


async def test_one_whom_slack_does_not_describe_hides_no_guest(slack: Slack, channels: Channels) -> None:
    """The others are counted all the same, and that one is taken for a guest, too."""
    slack.workspace.channels[SALES].members |= {GUEST.id, "U0NOBODY00"}
    assert (await channels.read(TEAM, SALES)).guests == 2


async def test_guests_are_counted_where_slack_gives_no_number(slack: Slack, channels: Channels) -> None:
    """How many are there is then what was counted."""
    told = '{"ok":true,"channel":{"id":"C0SALES001","name":"sales","is_channel":true}}'
    slack.faults.add(Fault(path="/api/conversations.info", status=200, body=told))
    slack.workspace.channels[SALES].members.add(GUEST.id)
    found = await channels.read(TEAM, SALES)
    assert (found.people, found.guests) == (11, 1)


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
async def test_what_slack_told_before_a_change_is_not_kept_after_it(
    method: str, slack: Slack, channels: Channels
) -> None:
    """It was on its way as another company was let in, or as a guest came in a colleague's place."""
    sales = slack.workspace.channels[SALES]
    slack.faults.add(Fault(path=f"/api/{method}", slow=0.5))
    looking = asyncio.create_task(channels.read(TEAM, SALES))
    await slack.until(lambda: [each for each in slack.request_log if each.method == method])
    if method == "conversations.info":
        sales.connected = ("T0PARTNER2",)
    else:
        sales.members ^= {GUEST.id, BEN}
    await channels.forget(TEAM, SALES)
    await looking
    assert (await channels.read(TEAM, SALES)).has_outsiders


async def test_a_colleague_who_becomes_a_guest_is_counted_anew(
    slack: Slack, channels: Channels, redis: "Redis"
) -> None:
    """Nobody joins a channel by that; what else changes of a guest is no news."""
    assert (await channels.read(TEAM, SALES)).guests == 0
    await slack.change_user(BEN, is_restricted=True)
    await redis.delete(KEYS.person(TEAM, BEN))
    for guest, new in ((True, True), (True, False), (False, True)):
        mark = await redis.get(KEYS.guests_changed(TEAM))
        await channels.note_account(TEAM, BEN, guest=guest)
        await channels.note_account(TEAM, BEN, guest=True)
        assert (await redis.get(KEYS.guests_changed(TEAM)) != mark) is new
    assert (await channels.read(TEAM, SALES)).guests == 1
