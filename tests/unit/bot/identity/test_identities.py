"""People ask Databricks as themselves, from any process, for as long as what they gave at a sign-in holds."""

import asyncio
import logging
import signal
import sys
import traceback
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.identity.identities import UserIdentities
from bot.identity.model import NotSignedIn, SlackUser
from bot.identity.user_auth import UserAuth
from bot.store.keys import GRANT_LOCK_LIFETIME
from genie.errors import GenieError, GrantEnded, SignInFailed, Unavailable
from sandbox.databricks import Databricks, Timing
from sandbox.faults import Fault
from tests.unit.bot.identity import dies_before_saving
from tests.unit.bot.identity.replicas import ANA, BEN, EMAILS, KEYS, add_app, replica, sign_in, slack_says

pytestmark = pytest.mark.redis

TOKEN = "/oidc/v1/token"


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    async with Databricks(timing=Timing.instant()) as databricks:
        yield databricks


@pytest.fixture
async def replicas(
    redis: "Redis", databricks: Databricks
) -> AsyncIterator[tuple[UserIdentities, UserIdentities]]:
    """Run two processes, in which nobody has signed in."""
    app = add_app(databricks)
    start = partial(replica, redis, databricks.url, app.client_id, app.client_secret)
    for user in (ANA, BEN):
        await slack_says(redis, user)
    async with start() as one, start() as other:
        yield one, other


@pytest.fixture
def people(replicas: tuple[UserIdentities, UserIdentities]) -> UserIdentities:
    return replicas[0]


async def look(people: UserIdentities, user: SlackUser, databricks: Databricks) -> None:
    """Look at the space as a person."""
    await people.genie_of(user).space(databricks.space_id)


def auth_of(people: UserIdentities, user: SlackUser) -> UserAuth:
    people.genie_of(user)
    return people._clients[user][0]


async def revoked(people: UserIdentities) -> None:
    """Wait until Databricks has been told of what has ended here."""
    if people._revocations:
        await asyncio.wait(people._revocations)


async def everything(redis: "Redis") -> str:
    """Return all that Redis holds of sign-ins, as text."""
    found = [(key, await redis.type(key)) async for key in redis.scan_iter("*sign_in*")]
    return str(
        [(key, await (redis.hgetall(key) if kind == "hash" else redis.get(key))) for key, kind in found]
    )


async def test_each_person_asks_as_that_person(
    people: UserIdentities, replicas: tuple[UserIdentities, UserIdentities], databricks: Databricks
) -> None:
    """Every call carries the token of the one who asks, in each process; without a sign-in there is none."""
    await sign_in(people, ANA)
    with pytest.raises(NotSignedIn):
        await look(people, BEN, databricks)
    await sign_in(people, BEN)
    for process in replicas:
        await asyncio.gather(*(look(process, user, databricks) for user in (ANA, BEN) * 5))
    asked = [record.identity for record in databricks.request_log if record.kind == "space"]
    assert sorted(asked) == [EMAILS[ANA]] * 10 + [EMAILS[BEN]] * 10
    assert [(await people.signed_in(user)).databricks_user for user in (ANA, BEN)] == [
        EMAILS[ANA],
        EMAILS[BEN],
    ]


@pytest.mark.parametrize("rounds", [10, pytest.param(200, marks=pytest.mark.slow)])
async def test_two_processes_that_buy_at_once_keep_the_grant(
    rounds: int, replicas: tuple[UserIdentities, UserIdentities], databricks: Databricks
) -> None:
    """A refresh token serves once, and one that comes back ends the grant: each is used by one of them."""
    await sign_in(replicas[0], ANA)
    auths = [auth_of(process, ANA) for process in replicas]
    bought: set[str] = set()
    for _ in range(rounds):
        tokens = await asyncio.gather(*(auth.token() for auth in auths for _ in range(3)))
        bought |= set(tokens)
        for auth, token in zip(auths, tokens[::3], strict=True):
            auth.invalidate(token)
    assert len(bought) == 2 * rounds
    bad = [record for record in databricks.request_log if record.kind == "token" and record.status != 200]
    assert bad == []
    await look(replicas[1], ANA, databricks)


async def test_a_refresh_token_that_goes_on_is_kept(redis: "Redis", databricks: Databricks) -> None:
    """Where it may serve again, Databricks sends no other one; it is encrypted anew all the same."""
    app = add_app(databricks, single_use_refresh_tokens=False)
    await slack_says(redis, ANA)
    async with replica(redis, databricks.url, app.client_id, app.client_secret) as people:
        grant = await sign_in(people, ANA)
        before = await redis.hget(KEYS.grant(ANA), "encrypted")
        for _ in range(2):
            auth_of(people, ANA).invalidate(await auth_of(people, ANA).token())
        kept = await people.grants.read(ANA)
        assert kept is not None
        assert (kept.grant, kept.record.encrypted == before) == (grant, False)


async def test_a_sign_out_holds_in_every_process_at_once(
    redis: "Redis", replicas: tuple[UserIdentities, UserIdentities], databricks: Databricks
) -> None:
    """A token that another process still holds is not used any more, and Databricks ends the grant, too."""
    one, other = replicas
    await sign_in(one, ANA)
    await look(other, ANA, databricks)
    kept = await one.grants.read(ANA)
    assert kept is not None
    assert await one.sign_out(ANA)
    assert await everything(redis) == "[]"
    with pytest.raises(NotSignedIn):
        await look(other, ANA, databricks)
    await revoked(one)
    with pytest.raises(GrantEnded):
        await one.oauth.refresh(kept.grant.refresh_token)
    assert not await other.sign_out(ANA)


async def test_another_sign_in_takes_over_in_every_process(
    replicas: tuple[UserIdentities, UserIdentities], databricks: Databricks
) -> None:
    """What was bought with the one before is not used any more."""
    one, other = replicas
    await sign_in(one, ANA)
    old = await auth_of(other, ANA).token()
    await sign_in(one, ANA)
    assert await auth_of(other, ANA).token() != old
    await look(other, ANA, databricks)


async def test_a_token_that_ended_is_replaced_on_the_way(
    people: UserIdentities, databricks: Databricks
) -> None:
    """Databricks says 403 about it, and the question of the person goes on."""
    await sign_in(people, ANA)
    await look(people, ANA, databricks)
    databricks.expire_tokens(EMAILS[ANA])
    await people.genie_of(ANA).ask(databricks.space_id, "revenue by region")


@pytest.mark.parametrize("said", [{}, {"email": "eve@example.com"}, {"email": ""}, {"deleted": True}])
async def test_a_grant_that_ended_wants_another_sign_in(
    said: dict[str, Any], redis: "Redis", people: UserIdentities, databricks: Databricks
) -> None:
    """By an admin of Databricks, or by another address or a closed account in Slack: it is gone here, too."""
    await sign_in(people, ANA)
    await look(people, ANA, databricks)
    kept = await people.grants.read(ANA)
    assert kept is not None
    if not said:
        databricks.end_grants(EMAILS[ANA])
    await slack_says(redis, ANA, **said)
    databricks.expire_tokens(EMAILS[ANA])
    with pytest.raises(NotSignedIn):
        await look(people, ANA, databricks)
    assert await everything(redis) == "[]"
    with pytest.raises(GrantEnded):
        await people.oauth.refresh(kept.grant.refresh_token)
    await slack_says(redis, ANA)
    await sign_in(people, ANA)
    await look(people, ANA, databricks)


async def test_a_changed_address_is_noticed_before_anything_is_asked(
    redis: "Redis", people: UserIdentities
) -> None:
    """Whoever asks whether a person has signed in ends the grant of another address."""
    grant = await sign_in(people, ANA)
    await slack_says(redis, ANA, email="eve@example.com")
    with pytest.raises(NotSignedIn):
        await people.signed_in(ANA)
    assert await everything(redis) == "[]"
    await revoked(people)
    with pytest.raises(GrantEnded):
        await people.oauth.refresh(grant.refresh_token)


async def test_a_pair_of_addresses_that_an_admin_took_back_ends_the_grant(
    redis: "Redis", people: UserIdentities, databricks: Databricks
) -> None:
    """Who signed in by it asks as that Databricks user no more."""
    grant = await sign_in(people, ANA)
    await people.grants.save(ANA, replace(grant, databricks_user=EMAILS[BEN]))
    with pytest.raises(NotSignedIn):
        await look(people, ANA, databricks)
    assert await everything(redis) == "[]"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(path=TOKEN, status=503), Unavailable),
        (Fault(path=TOKEN, status=302, location="https://evil.example/"), Unavailable),
        (Fault(path=TOKEN, status=401, body='{"error": "invalid_client"}'), SignInFailed),
        (Fault(path=TOKEN, status=400, body='{"error": "invalid_scope"}'), SignInFailed),
        (Fault(path=TOKEN, drop=True), Unavailable),
    ],
)
async def test_whatever_else_fails_keeps_the_grant(
    fault: Fault, error: type[GenieError], people: UserIdentities, databricks: Databricks
) -> None:
    """It is tried again later, or the operator mends it; nobody has to sign in."""
    await sign_in(people, ANA)
    databricks.faults.add(fault)
    with pytest.raises(error):
        await auth_of(people, ANA).token()
    await look(people, ANA, databricks)


async def test_an_exchange_whose_reply_is_lost_ends_in_a_new_sign_in(
    people: UserIdentities, databricks: Databricks
) -> None:
    """The refresh token was used up, and nobody knows the new one."""
    await sign_in(people, ANA)
    databricks.faults.add(Fault(path=TOKEN, drop=True, after=True))
    with pytest.raises(Unavailable):
        await auth_of(people, ANA).token()
    with pytest.raises(NotSignedIn):
        await look(people, ANA, databricks)


@pytest.mark.slow
async def test_a_process_that_dies_between_exchange_and_save_costs_a_sign_in(
    redis: "Redis", redis_url: str, databricks: Databricks
) -> None:
    """Killed there, it leaves a lock that ends by itself and a grant that Databricks refuses."""
    app = add_app(databricks)
    await slack_says(redis, ANA)
    async with replica(redis, databricks.url, app.client_id, app.client_secret) as people:
        await sign_in(people, ANA)
        dying = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", dies_before_saving.__name__),
            *(redis_url, databricks.url, app.client_id, app.client_secret),
        )
        assert await dying.wait() == -signal.SIGKILL
        assert 0 < await redis.pttl(KEYS.grant_lock(ANA)) <= GRANT_LOCK_LIFETIME
        await redis.delete(KEYS.grant_lock(ANA))
        with pytest.raises(NotSignedIn):
            await look(people, ANA, databricks)
        assert await everything(redis) == "[]"


async def test_tokens_are_nowhere_in_clear(
    redis: "Redis", people: UserIdentities, databricks: Databricks, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither whole nor in part: in Redis, logs, texts of objects or errors, whatever happens to them."""
    caplog.set_level(logging.DEBUG)
    seen = [repr(people), repr(await sign_in(people, ANA))]
    tokens = set()
    for fault in (None, Fault(path=TOKEN, status=500, body="{}"), Fault(path=TOKEN, malformed=True)):
        if fault:
            databricks.faults.add(fault)
        kept = await people.grants.read(ANA)
        assert kept is not None
        tokens |= {kept.grant.refresh_token}
        try:
            tokens |= {token := await auth_of(people, ANA).token()}
            auth_of(people, ANA).invalidate(token)
        except GenieError as error:
            seen += [repr(error), error.detail, "".join(traceback.format_exception(error))]
        seen += [repr(kept), repr(auth_of(people, ANA)), await everything(redis)]
    await people.sign_out(ANA)
    seen += [str(vars(record)) for record in caplog.records]
    assert len(tokens) == 3
    parts = {token[:12] for token in tokens} | {token[-12:] for token in tokens}
    assert [part for part in parts if any(part in text for text in seen)] == []
