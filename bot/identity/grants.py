"""What people gave at their sign-in to Databricks, decrypted: kept in Redis, one for each person."""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace

from bot.identity.encryption import Encryption, NotDecrypted
from bot.identity.model import SlackUser
from bot.store.grants import GrantRecord, GrantStore
from bot.store.questions import NotStored

log = logging.getLogger(__name__)

MORE_ATTEMPTS, PAUSE_SECONDS = 4, 1.0
"""To keep a new refresh token; with all of them the lock of the grant still holds."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person gave."""

    databricks_user: str = field(repr=False)
    """The person's address in Databricks."""
    slack_email: str = field(repr=False)
    """The person's address in Slack at the sign-in: with another one now, the grant has ended."""
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeptGrant:
    """A grant, and what Redis had of it when it was read."""

    user: SlackUser
    record: GrantRecord
    grant: Grant


class Grants:
    """Keeps grants, encrypted for their person in one workspace. Methods raise NotStored without Redis."""

    def __init__(self, store: GrantStore, encryption: Encryption, host: str) -> None:
        """Keep grants of the workspace `host` in `store`."""
        self._store, self._encryption, self._host = store, encryption, host

    async def sign_in_of(self, user: SlackUser) -> str | None:
        """Return the name of a person's sign-in, another one after each, or None without a grant."""
        return await self._store.sign_in_of(user)

    async def save(self, user: SlackUser, grant: Grant) -> int:
        """Keep the grant of a new sign-in, in place of any other; return how much goes on by that."""
        sign_in = secrets.token_hex(8)
        return await self._store.save(user, GrantRecord(sign_in, self._encrypted(user, sign_in, grant)))

    async def read(self, user: SlackUser) -> KeptGrant | None:
        """Return a person's grant; one that does not decrypt is none, and deleted."""
        record = await self._store.read(user)
        if record is None:
            return None
        try:
            return KeptGrant(user, record, self._decrypted(user, record))
        except NotDecrypted:
            if await self._store.end(user, record):
                log.warning("grant.ended", extra={"reason": "not decrypted"})
            return None

    async def renew(self, kept: KeptGrant, refresh_token: str) -> bool:
        """Keep another refresh token, encrypted with the newest key; False if the grant is not the same now.

        It is the only copy, so a Redis that fails over just then is waited for.
        """
        grant = replace(kept.grant, refresh_token=refresh_token)
        encrypted = self._encrypted(kept.user, kept.record.sign_in, grant)
        for _ in range(MORE_ATTEMPTS):
            try:
                return await self._store.replace(kept.user, kept.record, encrypted)
            except NotStored:
                await asyncio.sleep(PAUSE_SECONDS)
        return await self._store.replace(kept.user, kept.record, encrypted)

    async def end(self, kept: KeptGrant, reason: str) -> bool:
        """Delete a grant that serves no more; False if it is another one now."""
        ended = await self._store.end(kept.user, kept.record)
        if ended:
            log.info("grant.ended", extra={"reason": reason})
        return ended

    async def take(self, user: SlackUser) -> Grant | None:
        """Delete a person's grant, whatever it is; return it if there was one that can be read."""
        record = await self._store.take(user)
        try:
            return self._decrypted(user, record) if record else None
        except NotDecrypted:
            return None

    @asynccontextmanager
    async def locked(self, user: SlackUser) -> AsyncIterator[None]:
        """Be the only one, in all processes, who renews a person's access."""
        async with self._store.locked(user):
            yield

    def _encrypted(self, user: SlackUser, sign_in: str, grant: Grant) -> str:
        return self._encryption.encrypt(json.dumps(asdict(grant)), *self._bound_to(user, sign_in))

    def _decrypted(self, user: SlackUser, record: GrantRecord) -> Grant:
        text = self._encryption.decrypt(record.encrypted, *self._bound_to(user, record.sign_in))
        return Grant(**json.loads(text))

    def _bound_to(self, user: SlackUser, sign_in: str) -> tuple[str, ...]:
        return "grant", user.team, user.id, self._host, sign_in
