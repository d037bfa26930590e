"""A part of `make crash` that is short enough for every day."""

import pytest

from tests.crash.matrix import Matrix, few_of_each_step
from tests.crash.scenarios import SCENARIOS

pytestmark = [pytest.mark.redis, pytest.mark.slow]


@pytest.mark.timeout(900)
async def test_a_process_may_die_in_each_step(redis_url: str) -> None:
    """Kill -9 in each step and job: one Genie message, one answer, and nothing is left to do."""
    matrix = Matrix(redis_url, few_of_each_step)
    await matrix.run(SCENARIOS)
    assert not matrix.faults, "\n".join(map(str, matrix.faults))
    assert matrix.missing == frozenset()
