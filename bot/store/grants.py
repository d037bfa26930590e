"""Grants in Redis: what people gave at their sign-in, encrypted by the one who keeps it here."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.store.availability.replication import Replication
from bot.store.keys import ACCOUNTS_PAUSE, GRANT_LOCK_LIFETIME, Keys
from bot.store.questions import NotStored, in_time
from bot.store.scripts import grants

LOCK_POLL_SECONDS = 0.02
SCANNED = 1000
"""Keys that Redis looks at in one call."""
_SIGN_IN, _ENCRYPTED = "sign_in", "encrypted"


@dataclass(frozen=True, slots=True)
class GrantRecord:
    """A grant as it is kept."""

    sign_in: str
    """A random name of the sign-in that it comes from."""
    encrypted: str = field(repr=False)


class GrantStore:
    """Keeps one grant for each person. Methods raise NotStored without Redis.

    What changes one waits for a replica, if there is one: a failover must neither bring a refresh token back
    that has served, nor undo a sign-out.
    """

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep grants under `keys`."""
        self._redis: Any = redis
        self._keys, self._replication = keys, Replication(redis, keys)

    async def sign_in_of(self, user: SlackUser) -> str | None:
        """Return the name of the sign-in that a person's grant comes from, or None without a grant."""
        found: str | None = await in_time(self._redis.hget(self._keys.grant(user), _SIGN_IN))
        return found

    async def read(self, user: SlackUser) -> GrantRecord | None:
        """Return a person's grant."""
        found = await in_time(self._redis.hmget(self._keys.grant(user), _SIGN_IN, _ENCRYPTED))
        return GrantRecord(*found) if all(found) else None

    async def begin_look(self) -> bool:
        """Tell whether to look at the accounts of those who signed in: one process does, once a day."""
        looked_at = self._keys.accounts_looked_at
        return bool(await in_time(self._redis.set(looked_at, 1, nx=True, px=ACCOUNTS_PAUSE)))

    async def look_again(self) -> None:
        """Have the accounts looked at before a day is over."""
        await in_time(self._redis.delete(self._keys.accounts_looked_at))

    async def people(self) -> frozenset[SlackUser]:
        """Return all who have signed in."""
        pattern = self._keys.grant(SlackUser("*", "*"))
        found = {self._keys.user_of_grant(key) async for key in self._redis.scan_iter(pattern, SCANNED)}
        return frozenset(user for user in found if user)

    async def save(self, user: SlackUser, record: GrantRecord) -> int:
        """Keep a new grant, in place of any other; return how many questions and jobs go on by that."""
        keys = self._keys
        resumed = await in_time(
            grants.save_grant(
                self._redis,
                grant_key=keys.grant(user),
                waiting_key=keys.sign_in_waiting(user),
                due_key=keys.due,
                signed_out_key=keys.signed_out(user),
                question_prefix=keys.question(""),
                sign_in=record.sign_in,
                encrypted=record.encrypted,
            )
        )
        await self._replication.wait()
        return resumed

    async def replace(self, user: SlackUser, old: GrantRecord, new: str) -> bool:
        """Keep what a grant has become; False if another one, or none, is there by now. May be repeated."""
        key = self._keys.grant(user)
        kept = await in_time(grants.replace_grant(self._redis, grant_key=key, old=old.encrypted, new=new))
        await self._replication.wait()
        return bool(kept)

    async def end(self, user: SlackUser, tried: GrantRecord) -> bool:
        """Delete a grant; False if it is another one, or none, by now."""
        return bool(
            await in_time(
                grants.end_grant(self._redis, grant_key=self._keys.grant(user), tried=tried.encrypted)
            )
        )

    async def take(self, user: SlackUser) -> GrantRecord | None:
        """Delete a person's grant whatever it is, and return it."""
        found = await in_time(grants.take_grant(self._redis, grant_key=self._keys.grant(user)))
        await self._replication.wait()
        return GrantRecord(*found) if found else None

    @asynccontextmanager
    async def locked(self, user: SlackUser) -> AsyncIterator[None]:
        """Hold the lock of a person's grant, for GRANT_LOCK_LIFETIME at most; wait until it is free.

        Who waits for others is slower than its caller can wait: a token is bought in a task of its own.
        """
        key, owner = self._keys.grant_lock(user), secrets.token_hex(8)
        while not await in_time(  # noqa: ASYNC110 - the holder may be another process
            self._redis.set(key, owner, nx=True, px=GRANT_LOCK_LIFETIME)
        ):
            await asyncio.sleep(LOCK_POLL_SECONDS)
        try:
            yield
        finally:
            with suppress(NotStored):
                await in_time(grants.unlock_grant(self._redis, lock_key=key, owner=owner))
