"""Addresses of Redis, taken apart."""

from dataclasses import dataclass

import pytest

from bot.config.redis_address import Kind, RedisAddress, parse

CLUSTER, SENTINEL, SERVER = Kind.CLUSTER, Kind.SENTINEL, Kind.SERVER


@dataclass(frozen=True)
class Case:
    """An address, and its parts."""

    text: str
    parts: RedisAddress


CASES = (
    Case("redis://host", RedisAddress(SERVER, "redis://host", "host")),
    Case("redis://u:p%40@host:1/2", RedisAddress(SERVER, "redis://u:p%40@host:1/2", "host:1")),
    Case("unix:///a%20b?db=1", RedisAddress(SERVER, "unix:///a%20b?db=1", "/a b")),
    Case(
        "redis+sentinel://u:p%40@a:1,b/main/3?socket_keepalive=no",
        RedisAddress(
            SENTINEL, "redis://u:p%40@a:1/3?socket_keepalive=no", "a:1,b", (("a", 1), ("b", 26379)), "main"
        ),
    ),
    Case(
        "rediss+sentinel://[::1],b:2/a%20b",
        RedisAddress(SENTINEL, "rediss://[::1]:26379", "[::1],b:2", (("::1", 26379), ("b", 2)), "a b"),
    ),
    Case(
        "rediss+cluster://:p@a,b:7000/0",
        RedisAddress(CLUSTER, "rediss://:p@a:6379/0", "a,b:7000", (("a", 6379), ("b", 7000))),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_an_address_is_taken_apart(case: Case) -> None:
    """Several hosts, names and passwords of any sign; what is shown has neither name nor password."""
    assert parse(case.text) == case.parts
    assert parse(case.text).tls == case.text.startswith("rediss")


def test_the_password_is_in_no_repr() -> None:
    """It stands in the address for redis-py, which is not shown."""
    assert "hidden" not in repr(parse("redis+sentinel://:hidden@a/s"))
