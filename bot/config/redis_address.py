"""The address of a Redis: one server, a Cluster, or a primary that Sentinels know.

    redis://user:password@host:6379/0                              one server, or a node of a Cluster
    unix:///path/to/socket                                         one server on this machine
    redis+sentinel://user:password@host:26379,host:26379/service/0
    redis+cluster://user:password@host:6379,host:6379              which need not name every node

`rediss` in place of `redis` is the same over TLS. Errors are ValueError with what is wrong, as the rest of a
sentence that begins with the name of the variable, and never with the value.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

SENTINEL_PORT, REDIS_PORT = 26379, 6379
_SCHEME = re.compile(r"(?P<tls>redis|rediss)\+(?P<kind>sentinel|cluster)")
_NODE = re.compile(r"(?:\[(?P<v6>[\da-fA-F:.]+)\]|(?P<name>[\w.-]+))(?::(?P<port>\d{1,5}))?")
_LAST_PORT = 65_535


class Kind(StrEnum):
    """What answers at an address."""

    SERVER = "server"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """An address in parts."""

    kind: Kind
    url: str = field(repr=False)
    """The address as redis-py reads it, with the first host."""
    shown: str
    """The hosts, for messages; without name and password."""
    hosts: tuple[tuple[str, int], ...] = ()
    """Sentinels, or nodes of a Cluster."""
    service: str = ""
    """What the Sentinels call the primary."""

    @property
    def tls(self) -> bool:
        """Whether the way there is encrypted."""
        return self.url.startswith("rediss:")


def parse(text: str) -> RedisAddress:
    """Take an address apart."""
    parts = _split(text)
    several = _SCHEME.fullmatch(parts.scheme)
    if several:
        return _of_several(parts, several["tls"], Kind(several["kind"]))
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError(
            "does not start with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://"
        )
    _ = _port(parts)
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise ValueError("names no server")
    return RedisAddress(Kind.SERVER, text, parts.netloc.rpartition("@")[2] or unquote(parts.path))


def _of_several(parts: SplitResult, scheme: str, kind: Kind) -> RedisAddress:
    login, at, hosts = parts.netloc.rpartition("@")
    default = SENTINEL_PORT if kind is Kind.SENTINEL else REDIS_PORT
    nodes = tuple(_node(each, default) for each in hosts.split(",") if each)
    if not nodes:
        raise ValueError("names no server")
    service, database = "", parts.path
    if kind is Kind.SENTINEL:
        service, slash, number = parts.path.removeprefix("/").partition("/")
        service, database = unquote(service), f"{slash}{number}"
        if not service:
            raise ValueError("does not name the service that the Sentinels watch, as .../mymaster/0")
    if kind is Kind.CLUSTER and database.strip("/") not in {"", "0"}:
        raise ValueError("names a database, of which a Cluster has none but 0")
    host, port = nodes[0]
    shown = f"[{host}]" if ":" in host else host
    query = f"?{parts.query}" if parts.query else ""
    url = f"{scheme}://{login}{at}{shown}:{port}{database}{query}"
    return RedisAddress(kind, url, hosts, nodes, service)


def _node(text: str, default: int) -> tuple[str, int]:
    found = _NODE.fullmatch(text)
    port = int(found["port"] or default) if found else 0
    if not found or not 0 < port <= _LAST_PORT:
        raise ValueError("has a server that is no host and port")
    return found["v6"] or found["name"], port


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        raise ValueError("is not an address") from None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ValueError("is not an address") from None
