"""Which right was missing, as Databricks words it."""

import pytest

from genie.protocol.missing_right import missing_right

HEAD = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:"


@pytest.mark.parametrize(
    ("detail", "right"),
    [
        (
            f"{HEAD}\nUser does not have SELECT on Table 'samples.sales.orders'. SQLSTATE: 42501",
            "SELECT on table samples.sales.orders",
        ),
        (
            f"{HEAD} user lacks SELECT on table hr.gold.payroll. SQLSTATE: 42501",
            "SELECT on table hr.gold.payroll",
        ),
        (f"{HEAD} User does not have USE SCHEMA on Schema 'main.hr'.", "USE SCHEMA on schema main.hr"),
        (
            f"{HEAD} User does not have READ FILES on External Location `raw-1`.",
            "READ FILES on external location raw-1",
        ),
        (f"{HEAD} User does not have SELECT on Table `a`.`b`.`c`.", "SELECT on table a.b.c"),
        (f"{HEAD} User does not have permission SELECT.", ""),
        (f"{HEAD} User does not have SELECT on Table '<@U1> `x`'.", ""),
        ("SQLSTATE: 42501", ""),
        ("User does not have SELECT on Table 'a.b'. SQLSTATE: 42000", None),
        ("[TABLE_OR_VIEW_NOT_FOUND] a.b SQLSTATE: 42P01", None),
        ("", None),
    ],
)
def test_a_missing_right_is_read(detail: str, right: str | None) -> None:
    """It has a name or none; what is about something else is no right, and no name brings markup along."""
    assert missing_right(detail) == right
