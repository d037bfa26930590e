"""The settings of IDENTITY=user, read and put together.

Each function raises ValueError with what is wrong, as the rest of a sentence that begins with the name of the
variable, and never with the value.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field

from bot.config.sign_in_emails import SignInEmails
from genie.http.host import web_address

KEY_BYTES = 32
SCOPES = ("genie", "sql", "offline_access", "openid", "email", "profile")
"""What a bot needs that asks Genie, reads statements, stays signed in and learns who signed in."""
SERVING_SCOPE = "serving.serving-endpoints"
_REFRESHABLE = "offline_access"
"""The scope with which Databricks gives a refresh token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserIdentity:
    """What it takes that people sign in to Databricks."""

    public_url: str
    """Where a browser reaches the bot, without a slash at its end."""
    client_id: str
    client_secret: str | None = field(repr=False)
    """None for a public client."""
    scopes: tuple[str, ...]
    encryption_keys: tuple[bytes, ...] = field(repr=False)
    """The first encrypts, all decrypt."""
    emails: SignInEmails = field(repr=False)


def public_url(text: str) -> str:
    """Return an address that a browser reaches; https, except on this machine."""
    url = web_address(text)
    if url.query or url.fragment or "?" in text or "#" in text:
        raise ValueError("has a query or a fragment, which the way back from Databricks cannot have")
    if not re.fullmatch(r"[\w./~-]*", url.path, re.ASCII) or ".." in url.path:
        raise ValueError("has a path that is not plain")
    return url.geturl().rstrip("/")


def usable(asked: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Refuse scopes that are none, or with which everybody would have to sign in each hour."""
    # https://datatracker.ietf.org/doc/html/rfc6749#section-3.3
    if asked and not all(re.fullmatch(r"[\x21\x23-\x5b\x5d-\x7e]+", scope) for scope in asked):
        raise ValueError("has something that is no scope")
    if asked and _REFRESHABLE not in asked:
        raise ValueError(f"lacks {_REFRESHABLE}, without which people would have to sign in each hour")
    return asked


def key(text: str) -> bytes:
    """Read 32 bytes of base64, of either alphabet, with or without its padding."""
    plain = text.rstrip("=").translate(str.maketrans("+/", "-_"))
    try:
        value = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        value = b""
    if len(value) != KEY_BYTES:
        raise ValueError(f"has a key that is not {KEY_BYTES} bytes of base64")
    return value
