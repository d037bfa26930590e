"""What Slack says of users is optional: a failure costs a question nothing, a silence one second a minute."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackUnavailable
from bot.slack.users import Person, Users, from_json, read_person, to_json
from bot.store.keys import Keys
from sandbox.faults import Fault
from sandbox.slack import Slack
from sandbox.slack.state.seed_data import CHANNEL_GUEST, GUEST, LEAVER, OUTSIDER

pytestmark = pytest.mark.redis

ADA, BEN, CHLOE = "U0ADA00001", "U0BEN00002", "U0CHLOE003"
KEYS = Keys("test")
MINUTE_MS = 60_000


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def users(slack: Slack, redis: "Redis") -> AsyncIterator[Users]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        yield Users(client, redis, KEYS)


async def test_names_are_asked_once(slack: Slack, users: Users) -> None:
    """A day long the same name serves; who is unknown is left out, and an outage is no error."""
    team = slack.workspace.team_id
    for _ in range(2):
        assert await users.of(team, {BEN, "U0NOBODY"}) == {BEN: "Ben Lindqvist"}
        ben = await users.person(team, BEN)
        assert ben == Person("Ben Lindqvist", "en-GB", 3_600, "ben@example.com", time_zone="Europe/Amsterdam")
    asked = [call.arguments["user"] for call in slack.request_log if call.method == "users.info"]
    assert sorted(asked) == [BEN, "U0NOBODY"]
    slack.faults.add(Fault(path="/api/users.info", status=503, body="<html>"))
    assert await users.of(team, {ADA}) == {}
    assert await users.person(team, "U0NOBODY") == Person()


async def test_a_name_that_does_not_come_is_not_waited_for(
    slack: Slack, users: Users, redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several people cost no more than one; no process asks again for a minute, and then it is there."""
    monkeypatch.setattr("bot.slack.api.OPTIONAL_SECONDS", 0.2)
    slack.faults.add(Fault(path="/api/users.info", delay=30.0, times=None))
    async with asyncio.timeout(10):
        assert await users.of("T1", {ADA, BEN, CHLOE}) == {}
    slack.faults.clear()
    assert await users.person("T1", BEN) == Person()
    left = await redis.pttl(KEYS.person("T1", BEN))
    assert 0 < left <= MINUTE_MS
    await redis.delete(KEYS.person("T1", BEN))
    assert (await users.person("T1", BEN)).name == "Ben Lindqvist"


async def test_each_is_told_apart(slack: Slack, users: Users) -> None:
    """Slack's marks say who is a guest, of another company or gone, and what the address is."""
    team = slack.workspace.team_id
    ana = await users.person(team, "U0ANA00007")
    assert (ana.email, ana.guest, ana.external, ana.deleted) == ("ana@example.com", False, False, False)
    assert (await users.person(team, GUEST.id)).guest
    assert (await users.person(team, CHANNEL_GUEST.id)).guest
    xenia = await users.person(team, OUTSIDER.id)
    assert (xenia.name, xenia.external, xenia.guest, xenia.email) == ("Xenia Petrou", True, False, "")
    zoe = await users.person(team, LEAVER.id)
    assert (zoe.name, zoe.deleted) == ("Zoe Lambert", True)
    assert (await users.person(team, slack.workspace.bot_user_id)).bot


async def test_what_changed_is_asked_again(slack: Slack, users: Users) -> None:
    """What is remembered serves until it is forgotten, or until somebody asks for what holds now."""
    team = slack.workspace.team_id
    for _ in range(2):
        assert (await users.person(team, BEN)).email == "ben@example.com"
        await slack.change_user(BEN, email="benjamin@example.com")
    await users.forget(team, BEN)
    assert (await users.person(team, BEN)).email == "benjamin@example.com"
    await slack.change_user(CHLOE, email="c@example.com")
    assert (await users.ask(team, CHLOE)).email == "c@example.com"
    assert (await users.remembered(team, [CHLOE, ADA]))[CHLOE].email == "c@example.com"


async def test_what_was_said_before_a_change_is_not_remembered(
    slack: Slack, users: Users, redis: "Redis"
) -> None:
    """An answer that is on its way while an account changes serves one reader, and none after that."""
    team = slack.workspace.team_id
    slack.faults.add(Fault(path="/api/users.info", slow=0.3))
    asking = asyncio.create_task(users.ask(team, BEN))
    await slack.until(lambda: [call for call in slack.request_log if call.method == "users.info"])
    await slack.change_user(BEN, deleted=True)
    await users.forget(team, BEN)
    assert not (await asking).deleted
    assert await users.remembered(team, [BEN]) == {}
    assert (await users.person(team, BEN)).deleted
    await redis.delete(KEYS.person_changed(team, BEN))
    assert (await users.person(team, BEN)).deleted
    assert (await users.remembered(team, [BEN]))[BEN].deleted


async def test_asking_now_tells_a_failure(slack: Slack, users: Users) -> None:
    """Who has to know what holds now learns that Slack did not say, and nothing is remembered of that."""
    slack.faults.add(Fault(path="/api/users.info", status=503, body="<html>"))
    with pytest.raises(SlackUnavailable):
        await users.ask("T1", ADA)
    assert await users.remembered("T1", [ADA]) == {}


async def test_records_of_other_versions(users: Users, redis: "Redis") -> None:
    """A later version's record is read; the version before keeps its own, which tells of no guests."""
    later = {"name": "Ada", "guest": True, "pronouns": "she"}
    await redis.set(KEYS.person("T1", ADA), json.dumps(later), px=MINUTE_MS)
    assert await users.person("T1", ADA) == Person("Ada", guest=True)
    await redis.set("{test}:person:T1:" + BEN, '["Benno", "de-DE", 0]', px=MINUTE_MS)
    assert (await users.person("T1", BEN)).name == "Ben Lindqvist"


@given(
    st.builds(
        Person,
        st.text(),
        st.text(),
        st.integers(),
        email=st.text(),
        guest=st.booleans(),
        external=st.booleans(),
        deleted=st.booleans(),
        bot=st.booleans(),
    )
)
def test_a_record_says_what_was_said(person: Person) -> None:
    """What is remembered of anybody is what Slack said."""
    assert from_json(to_json(person)) == person


def test_an_address_is_in_no_line() -> None:
    """What is written of a person for a log has no e-mail address."""
    assert "ana@" not in f"{Person('Ana', email='ana@example.com')} {Person(email='ana@example.com')!r}"


@pytest.mark.parametrize(
    ("user", "external"),
    [
        ({"id": "U1", "team_id": "T1"}, False),
        ({"id": "U1", "profile": {"team": "T1"}}, False),
        ({"id": "U1", "team_id": "T2"}, True),
        ({"id": "U1", "profile": {"team": "T2"}}, True),
        ({"id": "U1", "team_id": "T1", "is_stranger": True}, True),
        ({"id": "W1", "team_id": "E1"}, False),
        ({"id": "W1", "team_id": "T2", "enterprise_user": {"enterprise_id": "E1"}}, False),
        ({"id": "W1", "team_id": "T3", "enterprise_user": {"enterprise_id": "E3"}}, True),
        ({"id": "U1"}, False),
    ],
)
def test_who_is_of_another_company(user: dict[str, Any], external: bool) -> None:  # noqa: FBT001 - a row's result
    """Another workspace of our own organization is no other company."""
    told = {"name": "kim", "profile": {"email": "kim@example.com"} | user.get("profile", {})}
    person = read_person(told | {key: user[key] for key in user if key != "profile"}, {"T1", "E1"})
    assert person.external is external
    assert person.email == ("" if external else "kim@example.com")
