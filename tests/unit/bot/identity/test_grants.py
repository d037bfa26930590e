"""Grants, as Redis keeps them: for one person, in one workspace, and unreadable for everybody else."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.identity.encryption import Encryption
from bot.identity.grants import Grant, Grants
from bot.identity.model import SlackUser
from bot.store.grants import GrantStore
from bot.store.keys import GRANT_LIFETIME, Keys

pytestmark = pytest.mark.redis

KEYS = Keys("test")
HOST = "https://dbc.example"
OLD, NEW = b"o" * 32, b"n" * 32
ANA, BEN = SlackUser("T1", "UANA"), SlackUser("T1", "UBEN")
GRANT = Grant("ana@company.example", "ana@home.example", "refresh-secret")


def grants(redis: "Redis", *keys: bytes, host: str = HOST) -> Grants:
    return Grants(GrantStore(redis, KEYS), Encryption(keys or (OLD,)), host)


async def everything(redis: "Redis") -> str:
    """Return all that Redis holds, as text."""
    found = []
    async for key in redis.scan_iter():
        kind = await redis.type(key)
        found += [key, str(await (redis.hgetall(key) if kind == "hash" else redis.get(key)))]
    return "\n".join(found)


async def test_a_grant_is_kept_for_ninety_days_and_not_in_clear(redis: "Redis") -> None:
    """Neither the token nor an address can be read in Redis."""
    kept = grants(redis)
    await kept.save(ANA, GRANT)
    found = await kept.read(ANA)
    assert found is not None
    assert found.grant == GRANT
    assert await redis.pttl(KEYS.grant(ANA)) > GRANT_LIFETIME - 60_000
    stored = await everything(redis)
    assert [word for word in ("refresh-secret", "company", "home") if word in stored] == []
    assert "refresh-secret" not in repr(found)
    assert await kept.read(BEN) is None


async def test_each_sign_in_has_a_name_of_its_own(redis: "Redis") -> None:
    """Who holds what was bought with the one before can tell; a renewal changes nothing about it."""
    kept = grants(redis)
    assert await kept.sign_in_of(ANA) is None
    await kept.save(ANA, GRANT)
    first = await kept.sign_in_of(ANA)
    found = await kept.read(ANA)
    assert found is not None
    assert await kept.renew(found, "refresh-2")
    assert await kept.sign_in_of(ANA) == first
    await kept.save(ANA, GRANT)
    assert await kept.sign_in_of(ANA) not in {None, first}


async def test_a_record_serves_nobody_else(redis: "Redis", caplog: pytest.LogCaptureFixture) -> None:
    """One that is moved to another person, team or workspace, or changed, is no grant, and is deleted."""
    kept = grants(redis)
    for user, host in ((BEN, HOST), (replace(ANA, team="T2"), HOST), (ANA, "https://other.example")):
        await kept.save(ANA, GRANT)
        if user != ANA:
            await redis.rename(KEYS.grant(ANA), KEYS.grant(user))
        assert await grants(redis, host=host).read(user) is None
        assert not await redis.exists(KEYS.grant(user))
    for name, value in (("encrypted", "AAAA"), ("sign_in", "0" * 16), ("encrypted", "not base64 ¶")):
        await kept.save(ANA, GRANT)
        await redis.hset(KEYS.grant(ANA), name, value)
        assert await kept.read(ANA) is None
        assert await kept.sign_in_of(ANA) is None
    assert {record.__dict__["reason"] for record in caplog.records} == {"not decrypted"}
    assert "refresh-secret" not in caplog.text


async def test_a_new_key_takes_over_as_grants_are_used(redis: "Redis") -> None:
    """What was encrypted with the old key is read, and encrypted with the new one when it is renewed."""
    await grants(redis, OLD).save(ANA, GRANT)
    rotated = grants(redis, NEW, OLD)
    found = await rotated.read(ANA)
    assert found is not None
    assert await rotated.renew(found, GRANT.refresh_token)
    found = await grants(redis, NEW).read(ANA)
    assert found is not None
    assert found.grant == GRANT
    assert await grants(redis, OLD).read(ANA) is None


async def test_only_what_was_read_is_replaced_or_ended(redis: "Redis") -> None:
    """A renewal or a refusal that comes late touches neither a newer grant nor a sign-out."""
    kept = grants(redis)
    await kept.save(ANA, GRANT)
    old = await kept.read(ANA)
    assert old is not None
    assert await kept.renew(old, "refresh-2")
    assert not await kept.renew(old, "refresh-3")
    assert not await kept.end(old, "refused")
    newer = await kept.read(ANA)
    assert newer is not None
    assert newer.grant.refresh_token == "refresh-2"
    assert await kept.take(ANA) == newer.grant
    assert not await kept.renew(newer, "refresh-4")
    assert not await kept.end(newer, "refused")
    assert (await kept.take(ANA), await redis.keys()) == (None, [])
