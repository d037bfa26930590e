"""Rate limits of the local Slack."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Slack
from sandbox.slack.state.rate_limits import RateLimiter

SALES = "C0SALES001"


class Clock:
    """A clock that moves when it is told to."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def client(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncWebClient]:
    """Give a client of a Slack for whose limits no time passes, however long the calls take."""
    monkeypatch.setattr("sandbox.slack.platform.RateLimiter", partial(RateLimiter, clock=Clock()))
    async with Slack() as slack:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def test_too_many_posts_in_a_channel(client: AsyncWebClient) -> None:
    """After a burst the channel takes one post a second: 429, Retry-After and `ratelimited`."""
    for number in range(10):
        await client.chat_postMessage(channel=SALES, text=str(number))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=SALES, text="one too many")
    response = refused.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="C0FINANCE2", text="another channel has its own")


async def test_updates_share_fifty_a_minute(client: AsyncWebClient) -> None:
    """`chat.update` is limited over the whole workspace, refused calls included."""
    ts = (await client.chat_postMessage(channel=SALES, text="a"))["ts"]
    for number in range(50):
        await client.chat_update(channel=SALES, ts=ts, text=str(number))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_update(channel=SALES, ts=ts, text="one too many")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "60"


TIERS = (("users.list", "tier2", 20), ("reactions.add", "tier3", 50), ("users.info", "tier4", 100))


@pytest.mark.parametrize(("method", "tier", "calls"), TIERS)
def test_tiers(method: str, tier: str, calls: int) -> None:
    """Each tier lets its number of calls through in any minute, and says when the next may come."""
    clock = Clock()
    rates = RateLimiter(Limits(), clock)
    assert [rates.wait_for(method, tier) for _ in range(calls)] == [0] * calls
    assert rates.wait_for(method, tier) == 60
    clock.now += 59
    assert rates.wait_for(method, tier) == 1
    clock.now += 1
    assert rates.wait_for(method, tier) == 0


def test_a_channel_recovers_one_post_a_second() -> None:
    """Waiting two seconds after a burst makes room for two posts."""
    clock = Clock()
    rates = RateLimiter(Limits(), clock)
    assert [rates.wait_for_post("C") for _ in range(11)] == [0] * 10 + [1]
    clock.now += 2
    assert [rates.wait_for_post("C") for _ in range(3)] == [0, 0, 1]


def test_limits_are_lifted_only_explicitly() -> None:
    """`Limits.none()` lets everything through."""
    rates = RateLimiter(Limits.none(), Clock())
    assert {rates.wait_for("chat.update", "tier3") for _ in range(500)} == {0}
    assert {rates.wait_for_post("C") for _ in range(500)} == {0}
