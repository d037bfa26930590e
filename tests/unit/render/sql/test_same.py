"""Two queries that mean the same are the same, and others are not."""

import pytest

from render.sql.same import same_query


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SELECT a FROM t", "select  A\nfrom `T` ;", True),
        ("SELECT a FROM t -- the figures", "SELECT a /* all */ FROM t;;", True),
        ("SELECT 'EMEA'", "SELECT 'emea'", False),
        ('SELECT "EMEA"', 'SELECT "emea"', False),
        ("SELECT a FROM t WHERE b > 1", "SELECT a FROM t WHERE b > 2", False),
        ("SELECT a, b FROM t", "SELECT b, a FROM t", False),
        ("SELECT `1`", "SELECT 1", False),
        ("SELECT 'a", "SELECT 'a", None),
        ("SELECT 1" + " " * 50_000, "SELECT 1", None),
    ],
)
def test_queries_are_compared_by_their_tokens(one: str, other: str, same: bool | None) -> None:  # noqa: FBT001
    """How they are written makes no difference; a value does, and what cannot be read is not judged."""
    assert same_query(one, other) is same
