"""Web addresses as people paste them, made exact.

Each function raises ValueError with what is wrong, as the rest of a sentence that begins with the name of the
address. The sentence does not repeat the address, which may hold a password.
"""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def host_url(text: str) -> str:
    """Return `https://host[:port]` for a workspace address with or without scheme, path and query."""
    text = text.strip()
    url = web_address(text if "://" in text else f"https://{text}")
    name = url.hostname or ""
    shown = f"[{name}]" if ":" in name else name
    return f"{url.scheme}://{shown}" + (f":{url.port}" if url.port else "")


def web_address(text: str) -> SplitResult:
    """Split an http(s) address; plain http only to this machine, since a token travels with every request."""
    url = split_address(text)
    name = url.hostname or ""
    if url.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:-]+", name):
        raise ValueError("is not a web address")
    if "@" in url.netloc:
        raise ValueError("holds a name or password, which do not belong there")
    if url.scheme == "http" and not _is_this_machine(name):
        raise ValueError("is plain http, which is only for this machine")
    return url


def split_address(text: str) -> SplitResult:
    """Split an address of any scheme."""
    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        raise ValueError("is not an address") from None
    return url


def _is_this_machine(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
