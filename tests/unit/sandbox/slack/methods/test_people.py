"""The local Slack's people and who is in a channel: guests, other companies, deactivated accounts, scopes."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack, SlackError
from sandbox.slack.state.rate_limits import RateLimiter
from sandbox.slack.state.seed_data import BOT, CHANNEL_GUEST, GUEST, LEAVER, OUTSIDER
from sandbox.slack.state.settings import SCOPES

ANA, BEN = "U0ANA00007", "U0BEN00002"
SALES, LEADERS = "C0SALES001", "C0LEADERS4"
AGENCY, PARTNER, GROUP = "C0AGENCY06", "C0PARTNER7", "C0GROUPDM8"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(limits=Limits.none())) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def refusal(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        await call
    body: dict[str, Any] = refused.value.response.data
    return body


async def event(slack: Slack, type_: str) -> dict[str, Any]:
    sent = await slack.until(lambda: [each for each in slack.deliveries if each.type == type_])
    return dict(sent[-1].payload)


async def test_people_have_addresses_and_guests_are_marked(client: AsyncWebClient) -> None:
    """`users.info` tells e-mail and standing; a guest of one channel is a guest, too."""
    ana = (await client.users_info(user=ANA))["user"]
    assert (ana["profile"]["email"], ana["is_restricted"], ana["deleted"]) == (
        "ana@example.com",
        False,
        False,
    )
    gina = (await client.users_info(user=GUEST.id))["user"]
    assert (gina["is_restricted"], gina["is_ultra_restricted"]) == (True, False)
    sam = (await client.users_info(user=CHANNEL_GUEST.id))["user"]
    assert (sam["is_restricted"], sam["is_ultra_restricted"]) == (True, True)


async def test_people_of_another_company(slack: Slack, client: AsyncWebClient) -> None:
    """Their workspace is another one; Slack tells little of them, and calls them strangers only from afar."""
    xenia = (await client.users_info(user=OUTSIDER.id, include_locale=True))["user"]
    assert (xenia["team_id"], xenia["profile"]["team"]) == (OUTSIDER.team_id, OUTSIDER.team_id)
    assert xenia["profile"]["real_name"] == "Xenia Petrou"
    assert not {"real_name", "tz_offset", "is_restricted", "locale"} & xenia.keys()
    assert "email" not in xenia["profile"]
    assert xenia["is_stranger"] is False
    listed = [user["id"] async for page in await client.users_list() for user in page["members"]]
    assert OUTSIDER.id not in listed
    assert (await refusal(client.users_lookupByEmail(email=OUTSIDER.email)))["error"] == "users_not_found"
    slack.workspace.channels[PARTNER].members.discard(OUTSIDER.id)
    assert (await client.users_info(user=OUTSIDER.id))["user"]["is_stranger"] is True


async def test_deactivated_accounts(slack: Slack, client: AsyncWebClient) -> None:
    """They are told as deleted, are not found by address, get no direct message and do nothing."""
    zoe = (await client.users_info(user=LEAVER.id, include_locale=True))["user"]
    assert zoe["deleted"] is True
    assert not {"real_name", "tz_offset", "is_restricted", "locale"} & zoe.keys()
    assert (await refusal(client.users_lookupByEmail(email=LEAVER.email)))["error"] == "users_not_found"
    assert (await refusal(client.conversations_open(users=LEAVER.id)))["error"] == "user_disabled"
    with pytest.raises(SlackError, match="account_inactive"):
        await slack.say(LEAVER.id, slack.workspace.direct(LEAVER.id).id, "hello")


async def test_the_address_needs_its_scope() -> None:
    """Without `users:read.email` neither `users.info` nor the event has an address."""
    async with Slack(Settings(scopes=SCOPES - {"users:read.email"})) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        assert "email" not in (await client.users_info(user=ANA))["user"]["profile"]
        await slack.change_user(ANA, email="new@example.com")
        assert "email" not in (await event(slack, "user_change"))["event"]["user"]["profile"]


async def test_who_comes_into_a_channel_is_told(slack: Slack) -> None:
    """A person, the bot itself, and another company; not in channels without the bot."""
    await slack.join(GUEST.id, "C0SALES001")
    assert (await event(slack, "member_joined_channel"))["event"]["user"] == GUEST.id
    await slack.join(GUEST.id, "C0RANDOM03")
    await slack.join(BOT.id, "C0RANDOM03")
    await slack.share_channel("C0SALES001", "T0PARTNER2")
    told = (await event(slack, "channel_shared"))["event"]
    assert (told["channel"], told["connected_team_id"]) == ("C0SALES001", "T0PARTNER2")
    joined = [each.payload["event"] for each in slack.deliveries][:-1]
    assert [(each["user"], each["channel"]) for each in joined if each["type"] != "message"] == [
        (GUEST.id, "C0SALES001"),
        (BOT.id, "C0RANDOM03"),
    ]


async def test_changes_of_people_are_told(slack: Slack, client: AsyncWebClient) -> None:
    """A new address, a deactivation and a guest's standing come as `user_change` and in `users.info`."""
    await slack.change_user(ANA, email="new@example.com")
    assert (await event(slack, "user_change"))["event"]["user"]["profile"]["email"] == "new@example.com"
    await slack.change_user(ANA, is_restricted=True)
    assert (await client.users_info(user=ANA))["user"]["is_restricted"] is True
    await slack.change_user(ANA, deleted=True)
    sent = [each.payload["event"]["user"]["deleted"] for each in slack.deliveries]
    assert sent == [False, False, True]


async def test_a_shared_channel(slack: Slack, client: AsyncWebClient) -> None:
    """A channel names the companies that share it; an event from there has the writer's workspace on top."""
    shared = (await client.conversations_info(channel=PARTNER))["channel"]
    assert (shared["is_ext_shared"], shared["is_shared"]) == (True, True)
    assert shared["connected_team_ids"] == [slack.workspace.team_id, OUTSIDER.team_id]
    sales = (await client.conversations_info(channel=SALES))["channel"]
    assert sales["is_ext_shared"] is False
    assert "connected_team_ids" not in sales
    await slack.say(OUTSIDER.id, PARTNER, f"<@{slack.workspace.bot_user_id}> revenue")
    for type_ in ("app_mention", "message"):
        told = await event(slack, type_)
        assert (told["team_id"], told["is_ext_shared_channel"]) == (OUTSIDER.team_id, True)
        assert told["event"]["user_team"] == told["event"]["team"] == OUTSIDER.team_id
        assert told["authorizations"][0]["team_id"] == slack.workspace.team_id
    with pytest.raises(SlackError, match="unknown_command"):
        await slack.command(OUTSIDER.id, PARTNER, "/genie", "revenue")


async def test_the_number_of_members_is_told_when_asked_for(client: AsyncWebClient) -> None:
    """`conversations.info` has `num_members` only with `include_num_members`, the app counted."""
    assert "num_members" not in (await client.conversations_info(channel=AGENCY))["channel"]
    counted = await client.conversations_info(channel=AGENCY, include_num_members=True)
    assert counted["channel"]["num_members"] == 5


async def test_members_come_in_pages(client: AsyncWebClient) -> None:
    """Each page has its cursor, and together they name everybody once."""
    pages = [page["members"] async for page in await client.conversations_members(channel=AGENCY, limit=2)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {ANA, BEN, GUEST.id, CHANNEL_GUEST.id} < {user for page in pages for user in page}


@pytest.mark.parametrize(
    ("channel", "scope"), [(SALES, "channels:read"), (LEADERS, "groups:read"), (GROUP, "mpim:read")]
)
async def test_each_kind_of_channel_has_its_scope(channel: str, scope: str) -> None:
    """Without it neither the channel nor its members are told, and Slack says what is needed."""
    async with Slack(Settings(scopes=SCOPES - {scope})) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        for call in (client.conversations_info, client.conversations_members):
            refused = await refusal(call(channel=channel))
            assert (refused["error"], refused["needed"]) == ("missing_scope", scope)
            assert refused["provided"] == ",".join(sorted(slack.settings.scopes))
    async with Slack() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        assert (await client.conversations_info(channel=channel))["channel"]["id"] == channel


async def test_without_any_scope_all_are_named() -> None:
    """An app that may read no kind of channel is told all four scopes, whatever it asked about."""
    async with Slack(Settings(scopes=frozenset({"users:read"}))) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        refused = await refusal(client.conversations_info(channel="C0NOWHERE"))
        assert refused["needed"] == "channels:read,groups:read,mpim:read,im:read"
        assert (await refusal(client.conversations_list()))["needed"] == "channels:read"


async def test_reading_people_has_its_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """`users.info` and `conversations.members` take a hundred calls a minute, `conversations.info` fifty."""
    monkeypatch.setattr("sandbox.slack.platform.RateLimiter", partial(RateLimiter, clock=lambda: 1_000.0))
    async with Slack() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        calls = (
            (partial(client.users_info, user=ANA), 100),
            (partial(client.conversations_members, channel=SALES), 100),
            (partial(client.conversations_info, channel=SALES), 50),
        )
        for call, most in calls:
            for _ in range(most):
                await call()
            assert (await refusal(call()))["error"] == "ratelimited"
