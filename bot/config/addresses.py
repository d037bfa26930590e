"""Addresses as people paste them, made exact.

Each function raises ValueError with what is wrong, as the rest of a sentence that begins with the name of the
variable, and never with the value.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit


def api_url(text: str) -> str:
    """Return the base address of Slack's Web API, with the slash at its end that slack_sdk relies on."""
    return _web_address(text).geturl().rstrip("/") + "/"


def workspace(text: str) -> str:
    """Return a Databricks workspace's origin, given with or without scheme, path and query."""
    parts = _web_address(text if "://" in text else f"https://{text}")
    return f"{parts.scheme}://{parts.netloc}"


def space_id(text: str) -> str:
    """Return the id of a Genie space, given as itself or as the space's address in the browser."""
    found = re.search(r"/genie/(?:rooms|spaces)/([^/?#]+)", text)
    space = found[1] if found else text
    if not re.fullmatch(r"[\w-]+", space, re.ASCII):
        raise ValueError("is not the id of a space")
    return space


def store_url(text: str) -> str:
    """Return a Redis address after a look at its parts (https://redis.io/docs/latest/develop/clients/redis-py/connect/)."""
    parts = _split(text)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("does not start with redis://, rediss:// or unix://")
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise ValueError("names no server")
    return text


def _web_address(text: str) -> SplitResult:
    """Split an http(s) address; plain http only to this machine, since a token travels with every request."""
    parts = _split(text)
    name = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:-]+", name):
        raise ValueError("is not a web address")
    if "@" in parts.netloc:
        raise ValueError("holds a name or password, which do not belong there")
    if parts.scheme == "http" and not _is_this_machine(name):
        raise ValueError("is plain http, which is only for this machine")
    return parts


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("is not an address") from None
    return parts


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
