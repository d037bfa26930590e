"""The rows of a watched result."""

from datetime import date

from genie.model import Column, Table
from render.answer.rows_alone import rows_alone
from render.text.locales import ANYWHERE
from tests.shown import objects


def test_rows_are_named_once_and_a_month_that_goes_on_says_so() -> None:
    """As in the answer that is watched: its table has the title, and the last month is not over."""
    columns = (Column("month", "DATE"), Column("orders", "LONG"))
    rows = tuple((f"2026-{month:02}-01", f"{month}00") for month in range(1, 12))
    reply = rows_alone(Table(columns, rows), "Orders by month", ANYWHERE, today=date(2026, 11, 30))
    native, *others = (str([*objects(list(each.blocks))]) for each in reply.variants)
    kinds = [block["type"] for block in reply.variants[0].blocks]
    assert kinds == ["data_table", "context"]
    assert all("November 2026 (so far)" in each for each in (native, *others))
    assert all("*Orders by month*" in each for each in others)
