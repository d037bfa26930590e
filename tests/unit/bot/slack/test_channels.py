"""Who is in a channel is optional, too: what Slack does not tell, in time or at all, is not known."""

import asyncio
import time
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.slack import members
from bot.slack.api import REMEMBERED_SECONDS, SlackUnavailable
from bot.slack.channels import (
    DIRECT,
    ChannelAudience,
    ChannelKind,
    Channels,
)
from bot.store.keys import CHANNEL_FRESH, CHANNEL_LIFETIME, MEMBERS_FRESH, MEMBERS_LIFETIME
from bot.store.limiter import Rate
from sandbox.faults import Fault
from sandbox.slack import Settings, Slack
from sandbox.slack.state.records import Channel, User
from sandbox.slack.state.seed_data import BOT, GUEST, LEAVER
from sandbox.slack.state.settings import SCOPES
from tests.unit.bot.slack.looking import KEYS, SALES, TEAM, looking

pytestmark = pytest.mark.redis

LEADERS, AGENCY = "C0LEADERS4", "C0AGENCY06"
PARTNER, GROUP, RANDOM = "C0PARTNER7", "C0GROUPDM8", "C0RANDOM03"
ADA = "U0ADA00001"


@pytest.fixture(autouse=True)
def quick_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count members as fast as Slack answers."""
    monkeypatch.setattr(members, "READINGS", Rate(1_000, 1.0))


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def channels(slack: Slack, redis: "Redis") -> AsyncIterator[Channels]:
    async with looking(slack, redis) as channels:
        yield channels


def calls(slack: Slack, method: str) -> int:
    return sum(call.method == method for call in slack.request_log)


@pytest.mark.parametrize(
    ("channel", "audience"),
    [
        (SALES, ChannelAudience(ChannelKind.PUBLIC, "sales", 10, 0, 0)),
        (RANDOM, ChannelAudience(ChannelKind.PUBLIC, "random", 10, 0, 0)),
        (LEADERS, ChannelAudience(ChannelKind.PRIVATE, "leadership", 3, 0, 0)),
        (PARTNER, ChannelAudience(ChannelKind.PUBLIC, "partner", 3, 1, 0)),
        (GROUP, ChannelAudience(ChannelKind.GROUP, "", 2, 0, 0)),
        ("D0ADA00000", DIRECT),
    ],
)
async def test_each_kind_of_channel(channels: Channels, channel: str, audience: ChannelAudience) -> None:
    """A channel is known by its kind, name, number of people, companies and guests."""
    assert await channels.read(TEAM, channel) == audience
    assert audience.has_outsiders == (channel == PARTNER)


async def test_a_channel_is_asked_about_once(slack: Slack, channels: Channels, redis: "Redis") -> None:
    """For some minutes the same answer serves every process, and the count for a day."""
    first = await channels.read(TEAM, AGENCY)
    assert first == ChannelAudience(ChannelKind.PUBLIC, "agency", 4, 0, 2)
    asked = len(slack.request_log)
    async with looking(slack, redis) as others:
        assert await others.read(TEAM, AGENCY) == first
    assert len(slack.request_log) == asked


async def test_only_people_who_are_there_count(slack: Slack, channels: Channels) -> None:
    """Apps, the bot and closed accounts are no people; people of another company are no guests."""
    place = slack.workspace.channels[PARTNER]
    slack.workspace.users["U0ALERTS"] = User("U0ALERTS", "alerts", "Alerts", is_bot=True)
    place.members |= {LEAVER.id, "U0ALERTS", GUEST.id}
    assert await channels.read(TEAM, PARTNER) == ChannelAudience(ChannelKind.PUBLIC, "partner", 4, 1, 1)


async def test_a_channel_that_grew_is_counted_again(slack: Slack, channels: Channels, redis: "Redis") -> None:
    """Who came in is not missed for a day: until the new count the guests are not known."""
    assert (await channels.read(TEAM, SALES)).guests == 0
    slack.workspace.channels[SALES].members.add(GUEST.id)
    await redis.delete(KEYS.channel(TEAM, SALES))
    asked = calls(slack, "users.info")
    at_once = await channels.glance(TEAM, SALES)
    assert (at_once.guests, at_once.pending) == (None, True)
    assert (await channels.read(TEAM, SALES)).guests == 1
    assert calls(slack, "users.info") == asked + 1


async def test_who_takes_the_place_of_somebody_is_counted_after_the_word_of_it(
    slack: Slack, channels: Channels
) -> None:
    """The number of members is the same, so that only Slack's event tells of the guest."""
    assert (await channels.read(TEAM, SALES)).guests == 0
    members = slack.workspace.channels[SALES].members
    members.add(GUEST.id)
    members.remove("U0BEN00002")
    assert (await channels.read(TEAM, SALES)).guests == 0
    await channels.forget(TEAM, SALES)
    assert (await channels.read(TEAM, SALES)).guests == 1


async def test_a_count_serves_until_the_next_is_made(
    slack: Slack, channels: Channels, redis: "Redis"
) -> None:
    """After a day, and when somebody has left, no question waits for a new count."""
    known = await channels.read(TEAM, SALES)
    slack.faults.add(Fault(path="/api/conversations.members", delay=30.0, times=None))
    await redis.pexpire(KEYS.members(TEAM, SALES), MEMBERS_LIFETIME - MEMBERS_FRESH)
    assert await channels.read(TEAM, SALES) == known
    slack.workspace.channels[SALES].members.remove("U0BEN00002")
    await redis.delete(KEYS.channel(TEAM, SALES))
    assert await channels.read(TEAM, SALES) == known


async def test_a_count_that_slack_is_too_busy_for_is_pending(
    slack: Slack, channels: Channels, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outage is no word that there are no guests: the count begins anew with the next question."""
    monkeypatch.setattr(members, "ATTEMPTS", 1)
    slack.faults.add(Fault(path="/api/conversations.members", status=503, body="<html>"))
    assert (await channels.read(TEAM, AGENCY)).pending
    assert (await channels.read(TEAM, AGENCY)).guests == 2


async def test_guests_stay_known_until_they_are_counted_again(
    slack: Slack, channels: Channels, redis: "Redis"
) -> None:
    """Not for the moment of a new count, nor where Slack tells none, is an answer shown to guests."""
    assert (await channels.read(TEAM, AGENCY)).guests == 2
    body = '{"ok":false,"error":"fetch_members_failed"}'
    for fault in (None, Fault(path="/api/conversations.members", status=200, body=body, times=None)):
        if fault:
            slack.faults.add(fault)
        await redis.delete(KEYS.members(TEAM, AGENCY))  # as after a day
        assert (await channels.read(TEAM, AGENCY)).has_outsiders
        async with asyncio.timeout(10):
            while not await redis.exists(KEYS.members(TEAM, AGENCY)):  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.02)
        assert (await channels.read(TEAM, AGENCY)).has_outsiders
    slack.faults.clear()
    guests = {user for user, each in slack.workspace.users.items() if each.is_restricted}
    slack.workspace.channels[AGENCY].members -= guests
    await redis.delete(KEYS.members(TEAM, AGENCY), KEYS.channel(TEAM, AGENCY))
    async with asyncio.timeout(10):
        while (await channels.read(TEAM, AGENCY)).has_outsiders:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.02)
    assert not await redis.exists(KEYS.guests(TEAM, AGENCY))


async def test_a_large_channel_is_not_counted(slack: Slack, channels: Channels) -> None:
    """Above 500 members nobody is looked up."""
    crowd = {f"U{number:08}" for number in range(501)}
    slack.workspace.channels["C0CROWD"] = Channel("C0CROWD", "crowd", {*crowd, BOT.id})
    assert await channels.read(TEAM, "C0CROWD") == ChannelAudience(ChannelKind.PUBLIC, "crowd", 501, 0)
    assert (await channels.read(TEAM, "C0CROWD")).guests is None
    assert calls(slack, "conversations.members") == 0


async def test_without_scopes_nothing_is_known(redis: "Redis") -> None:
    """A missing scope is no error, and is not run into with every question."""
    scopes = SCOPES - {"channels:read", "groups:read", "mpim:read"}
    async with Slack(Settings(scopes=scopes)) as slack, looking(slack, redis) as channels:
        for _ in range(2):
            assert await channels.read(TEAM, PARTNER) == ChannelAudience()
        assert calls(slack, "conversations.info") == 1


async def test_guests_that_slack_does_not_tell_stay_unknown(
    slack: Slack, channels: Channels, caplog: pytest.LogCaptureFixture
) -> None:
    """The channel is known without them, and Slack is not asked about its members with every question."""
    body = '{"ok":false,"error":"fetch_members_failed"}'
    slack.faults.add(Fault(path="/api/conversations.members", status=200, body=body))
    found = await channels.read(TEAM, AGENCY)
    async with asyncio.timeout(10):
        while "members.not_counted" not in caplog.messages:  # noqa: ASYNC110 - nor does the log
            await asyncio.sleep(0.02)
    for _ in range(3):
        assert await channels.read(TEAM, AGENCY) == found
    assert calls(slack, "conversations.members") == 0


async def test_a_silent_slack_is_waited_for_once(slack: Slack, channels: Channels) -> None:
    """A glance takes no longer than other optional calls, and no other one follows for a minute."""
    slack.faults.add(Fault(path="/api/conversations.info", delay=30.0, times=None))
    async with asyncio.timeout(10):
        assert await channels.glance(TEAM, SALES) == ChannelAudience()
    slack.faults.clear()
    assert await channels.glance(TEAM, SALES) == ChannelAudience()
    assert (await channels.read(TEAM, SALES)).name == "sales"


async def test_who_has_to_know_learns_of_a_failure(slack: Slack, channels: Channels) -> None:
    """An outage is no answer, and nothing is remembered of it."""
    slack.faults.add(Fault(path="/api/conversations.info", status=503, body="<html>"))
    with pytest.raises(SlackUnavailable):
        await channels.read(TEAM, SALES)
    assert (await channels.read(TEAM, SALES)).name == "sales"


@pytest.mark.parametrize(
    "trouble",
    [{"status": 503, "body": "<html>"}, {"delay": 30.0}, {"status": 429, "retry_after": "30"}],
)
async def test_the_last_word_counts_where_slack_gives_no_new_one(
    slack: Slack, channels: Channels, redis: "Redis", monkeypatch: pytest.MonkeyPatch, trouble: dict[str, Any]
) -> None:
    """No question waits for a Slack that has told within a day who is there; a minute later it is asked."""
    known = await channels.read(TEAM, PARTNER)
    await redis.pexpire(KEYS.channel(TEAM, PARTNER), CHANNEL_LIFETIME - CHANNEL_FRESH)
    slack.faults.add(Fault(path="/api/conversations.info", times=None, **trouble))
    async with asyncio.timeout(10):
        assert await channels.read(TEAM, PARTNER) == known
    asked = calls(slack, "conversations.info")
    assert await channels.read(TEAM, PARTNER) == known
    assert await channels.glance(TEAM, PARTNER) == known
    assert calls(slack, "conversations.info") == asked
    slack.faults.clear()
    a_minute_later = SimpleNamespace(monotonic=lambda: time.monotonic() + REMEMBERED_SECONDS)
    monkeypatch.setattr("bot.slack.channels.time", a_minute_later)
    assert await channels.read(TEAM, PARTNER) == known
    assert calls(slack, "conversations.info") == asked + 1


async def test_a_stopped_process_leaves_the_count_to_the_next(
    slack: Slack, redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members are read at a pace, and whom one process has read the next one need not."""
    with monkeypatch.context() as slow:
        slow.setattr(members, "READINGS", Rate(2, 3_600.0))
        async with looking(slack, redis) as channels:
            assert (await channels.glance(TEAM, AGENCY)).pending
            await slack.until(lambda: calls(slack, "users.info") == 2)
    async with looking(slack, redis) as channels:
        assert (await channels.read(TEAM, AGENCY)).guests == 2
    assert calls(slack, "users.info") <= 6  # the second answer may have been on its way when it stopped


async def test_a_person_is_looked_for_among_all_members(slack: Slack, channels: Channels) -> None:
    """On every page; who Slack does not name, or is in no channel but in direct messages, is not there."""
    slack.workspace.channels[SALES].members |= {f"U{number:09}" for number in range(1_000)}
    found = [await channels.has_person(*each) for each in ((SALES, ADA), (SALES, "U0"), ("D0ADA00000", ADA))]
    assert found == [True, False, False]
    slack.faults.add(Fault(path="/api/conversations.members", status=503, body="<html>"))
    assert not await channels.has_person(SALES, ADA)
