"""The address of a Databricks workspace, as people and vendors write it."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def host_url(text: str) -> str:
    """Return `https://host[:port]` for a workspace address with or without scheme, path and query.

    Plain http is for loopback addresses only, because every request carries a token. Raises ValueError with
    a sentence for people; it does not repeat the text, which may hold a password.
    """
    text = text.strip()
    if not text:
        raise ValueError("The workspace address is empty.")
    try:
        url = urlsplit(text if "://" in text else f"https://{text}")
        name, port = url.hostname or "", url.port
    except ValueError:
        raise ValueError("The workspace address is not an address that can be read.") from None
    if url.username or url.password:
        raise ValueError("The workspace address must not hold a user name or password.")
    if url.scheme not in {"http", "https"} or not _is_name(name):
        raise ValueError(
            "The workspace address should look like https://dbc-12345678-90ab.cloud.databricks.com."
        )
    if url.scheme == "http" and not _is_loopback(name):
        raise ValueError("The workspace address must start with https://; http:// is for 127.0.0.1 only.")
    shown = f"[{name}]" if ":" in name else name
    return f"{url.scheme}://{shown}" + (f":{port}" if port else "")


def _is_name(name: str) -> bool:
    return bool(name) and all(char.isalnum() or char in "-._:" for char in name)


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
