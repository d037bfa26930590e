"""What holds of the corpus; `make corpus` prints it as a table, with each mistake."""

import pytest

from tests.results.__main__ import score
from tests.results.corpus import FOLDER, Case, load

FOLDERS = (FOLDER, FOLDER / "held_out")
CASES = [case for folder in FOLDERS for case in load(folder)]
TRADES = sorted({case.name.partition("/")[0] for case in CASES})
WITH_SQL, WITHOUT = 0.98, 0.92


def of_trade(trade: str) -> list[Case]:
    """Return the cases of one trade, those that were held out too."""
    return [case for case in CASES if case.name.startswith(f"{trade}/")]


def misleading(cases: list[Case], *, with_sql: bool) -> list[str]:
    """Return what may not happen in a single case."""
    mistakes = score(cases, with_sql=with_sql).mistakes
    return [each for each in mistakes if each.startswith(("nothing forbidden", "never wrongly adds up"))]


@pytest.mark.parametrize("trade", TRADES)
def test_nothing_is_said_that_misleads(trade: str) -> None:
    """No chart, sentence, note, figure or prompt says what is forbidden, and nothing adds up wrongly."""
    assert misleading(of_trade(trade), with_sql=True) == []


@pytest.mark.slow
def test_nothing_is_said_that_misleads_without_a_query() -> None:
    """Where nobody tells how a result is made, doubt keeps silent."""
    assert misleading(CASES, with_sql=False) == []


@pytest.mark.slow
@pytest.mark.parametrize(("with_sql", "bar"), [(True, WITH_SQL), (False, WITHOUT)])
def test_columns_are_read_rightly(bar: float, *, with_sql: bool) -> None:
    """The roles of nearly all columns are those that a careful analyst would note."""
    found = score(CASES, with_sql=with_sql)
    assert found.right["roles"] / found.asked["roles"] >= bar
