"""Sign-ins on their way: the link, the browser at Databricks, the confirmation; each is of use once.

All of it is in Redis, so that any replica can take the next step. What is secret is kept under its digest, so
that nobody who reads Redis can open a link or send a browser back.
"""

import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Self

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.store.keys import SIGN_IN_LIFETIME, Key, Keys
from genie.http.user_oauth import new_verifier

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A step of a sign-in, for one person."""

    user: SlackUser
    email: str = field(repr=False)
    """The person's address in Slack when the link was made."""

    def to_json(self) -> str:
        """Return the form that Redis keeps."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        return cls(**stored | {"user": SlackUser(**stored["user"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(_Record):
    """A link that was made and not opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(_Record):
    """A sign-in whose browser is at Databricks."""

    verifier: str = field(repr=False)
    browser: str
    """The digest of the cookie of that browser."""

    def is_of(self, cookie: str) -> bool:
        """Tell whether a browser is the one that opened the link."""
        return hmac.compare_digest(self.browser, digest(cookie))


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(_Record):
    """A sign-in that Databricks has let through, and its person has yet to confirm."""

    name: str
    """The person's name in Slack."""
    databricks_user: str
    refresh_token: str = field(repr=False)
    """Encrypted for this person."""


class SignIns:
    """Keeps sign-ins that are on their way."""

    def __init__(self, redis: "Redis", keys: Keys, public_url: str) -> None:
        """Make links to `public_url`."""
        self._redis, self._keys, self._public_url = redis, keys, public_url

    async def new_link(self, user: SlackUser, email: str) -> str:
        """Return an address that works once, for ten minutes, and is for one person alone."""
        token = secrets.token_urlsafe(SECRET_BYTES)
        await self._keep(self._keys.sign_in_link(digest(token)), Link(user=user, email=email))
        return f"{self._public_url}/sign-in/{token}"

    async def open(self, token: str) -> Link | None:
        """Use up a link; None for one that is used, too old or forged."""
        stored = await self._redis.getdel(self._keys.sign_in_link(digest(token)))
        return Link.from_json(stored) if stored else None

    async def begin(self, link: Link, state: str, verifier: str, cookie: str) -> None:
        """Bind a sign-in to the browser that has a cookie."""
        begun = Begun(user=link.user, email=link.email, verifier=verifier, browser=digest(cookie))
        await self._keep(self._keys.sign_in_state(digest(state)), begun)

    async def come_back(self, state: str) -> Begun | None:
        """Use up the state that came back from Databricks; None for one that is used, too old or forged."""
        stored = await self._redis.getdel(self._keys.sign_in_state(digest(state)))
        return Begun.from_json(stored) if stored else None

    async def ask(self, begun: Begun, confirmation: Confirmation) -> None:
        """Keep what the person has to confirm in the browser in which it was begun."""
        await self._keep(self._keys.sign_in_confirmation(begun.browser), confirmation)

    async def to_confirm(self, cookie: str) -> Confirmation | None:
        """Return what the person in a browser has to confirm, if there is something."""
        stored = await self._redis.get(self._keys.sign_in_confirmation(digest(cookie)))
        return Confirmation.from_json(stored) if stored else None

    async def confirm(self, cookie: str) -> Confirmation | None:
        """Use up what the person in a browser has confirmed, or does not want."""
        stored = await self._redis.getdel(self._keys.sign_in_confirmation(digest(cookie)))
        return Confirmation.from_json(stored) if stored else None

    async def _keep(self, key: Key, record: _Record) -> None:
        await self._redis.set(key, record.to_json(), px=SIGN_IN_LIFETIME)


def new_state() -> tuple[str, str]:
    """Make what brings a browser back from Databricks, and the verifier of that sign-in."""
    return secrets.token_urlsafe(SECRET_BYTES), new_verifier()


def new_cookie() -> str:
    """Make what only the browser that opens a link has."""
    return secrets.token_urlsafe(SECRET_BYTES)


def form_token(cookie: str) -> str:
    """Return what a form has to bring along that came from our own page, in that browser."""
    return hmac.new(cookie.encode(), b"confirm this sign-in", sha256).hexdigest()


def digest(secret: str) -> str:
    """Return what a secret is kept under."""
    return sha256(secret.encode()).hexdigest()
