"""A short form of `make chaos`."""

import pytest

from tests.chaos.plan import SHORT
from tests.chaos.run import chaos

pytestmark = [pytest.mark.redis, pytest.mark.slow]


async def test_nothing_is_lost_while_everything_fails() -> None:
    """Kills, a restart and a failover of Redis, cut sockets, faults: each question ends, asked once."""
    verdict = await chaos(SHORT)
    assert verdict.faults == [], str(verdict)
