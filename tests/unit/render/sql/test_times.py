"""What a query says of times: periods, and positions in a calendar."""

import pytest

from render.sql.model import Operation as Op
from render.sql.read import read_query

PERIODS = [
    ("DATE_TRUNC('MONTH', d)", "month"),
    ("date_trunc('week', o.d)", "week"),
    ("CAST(DATE_TRUNC('quarter', d) AS DATE)", "quarter"),
    ("to_date(date_trunc('YEAR', d))", "year"),
    ("DATE(DATE_TRUNC('HOUR', d))", "day"),
    ("TRUNC(d, 'MM')", "month"),
    ("DATE(d)", "day"),
    ("TO_DATE(d)", "day"),
    ("d::date", "day"),
    ("CAST(d AS DATE)", "day"),
    ("date_format(d, 'yyyy-MM')", "month"),
    ("date_format(d, 'yyyy-MM-01')", "month"),
    ("date_format(d, 'MMM yyyy')", "month"),
    ("date_format(DATE_TRUNC('MONTH', d), 'MMM-yy')", "month"),
    ("date_format(d, 'yyyy-ww')", "week"),
    ("date_format(d, 'xxxx-ww')", "week"),
    ("date_format(d, \"YYYY-'W'ww\")", "week"),
    ("date_format(d, \"yyyy-'Q'q\")", "quarter"),
    ("date_format(d, 'yyyy')", "year"),
    ("date_format(d, 'yyyy-MM-dd')", "day"),
    ("date_format(d, 'yyyy-MM-dd HH:00')", "hour"),
    ("CONCAT(YEAR(d), '-W', LPAD(WEEKOFYEAR(d), 2, '0'))", "week"),
    ("YEAR(d) || '-' || LPAD(MONTH(d), 2, '0')", "month"),
    ("CONCAT('Q', QUARTER(d), ' ', YEAR(d))", "quarter"),
    ("concat_ws('-', YEAR(d), QUARTER(d))", "quarter"),
    ("CONCAT('2026-', date_format(d, 'MM'))", "month"),
    ("YEAR(d) * 100 + MONTH(d)", "month"),
    ("YEAR(d)", "year"),
    ("EXTRACT(YEAR FROM d)", "year"),
    ("date_part('YEAR', d)", "year"),
    ("last_day(d)", "month"),
    ("make_date(YEAR(d), MONTH(d), 1)", "month"),
    ("add_months(DATE_TRUNC('MONTH', d), -1)", "month"),
    ("DATE_TRUNC('MONTH', d) + INTERVAL 1 MONTH", "month"),
    ("date_sub(d, dayofweek(d) - 1)", "week"),
    ("LEFT(CAST(DATE(d) AS STRING), 7)", "month"),
    ("SUBSTRING(CAST(DATE(d) AS STRING), 1, 4)", "year"),
    ("from_unixtime(d)", "minute"),
    ("from_unixtime(d, 'yyyy-MM')", "month"),
    ("timestamp_seconds(d)", ""),
    ("to_timestamp(d)", ""),
    ("CAST(d AS TIMESTAMP)", ""),
    ("COALESCE(DATE_TRUNC('MONTH', d), DATE'2026-01-01')", "month"),
]
PARTS = [
    ("MONTH(d)", "month"),
    ("EXTRACT(MONTH FROM d)", "month"),
    ("date_format(d, 'MMMM')", "month"),
    ("date_format(d, 'MM')", "month"),
    ("monthname(d)", "month"),
    ("QUARTER(d)", "quarter"),
    ("CONCAT('Q', QUARTER(d))", "quarter"),
    ("WEEKOFYEAR(d)", "week"),
    ("DAYOFWEEK(d)", "weekday"),
    ("WEEKDAY(d)", "weekday"),
    ("EXTRACT(DOW FROM d)", "weekday"),
    ("date_format(d, 'EEEE')", "weekday"),
    ("date_format(d, 'E')", "weekday"),
    ("CASE DAYOFWEEK(d) WHEN 1 THEN 'Sunday' WHEN 2 THEN 'Monday' ELSE 'other' END", "weekday"),
    ("CASE WHEN MONTH(d) = 1 THEN 'Jan' WHEN MONTH(d) = 2 THEN 'Feb' END", "month"),
    ("DAY(d)", "day"),
    ("HOUR(d)", "hour"),
    ("date_format(d, 'HH')", "hour"),
    ("LPAD(HOUR(d), 2, '0')", "hour"),
]
GROUPED = "WITH c AS (SELECT EXPRESSION AS t, x FROM orders o) SELECT t, SUM(x) FROM c GROUP BY t"


@pytest.mark.parametrize(("expression", "grain"), PERIODS)
def test_periods_are_known_with_their_length(expression: str, grain: str) -> None:
    """However a period is written, it is a time with a grain."""
    time = read_query(GROUPED.replace("EXPRESSION", expression)).columns[0]
    assert (time.operation, time.grain, time.sources, time.is_key) == (Op.TIME, grain, ("d",), True)


@pytest.mark.parametrize(("expression", "unit"), PARTS)
def test_parts_of_a_date_come_again(expression: str, unit: str) -> None:
    """A month without a year or an hour of the day is a position and no time."""
    part = read_query(GROUPED.replace("EXPRESSION", expression)).columns[0]
    assert (part.operation, part.grain, part.sources) == (Op.DATE_PART, unit, ("d",))


@pytest.mark.parametrize("expression", ["trunc(d, 2)", "ROUND(d, 2)", "CONCAT(d, '-', e)", "UPPER(d)"])
def test_what_is_no_time_is_none(expression: str) -> None:
    """Functions of numbers and texts are not taken for those of times."""
    assert read_query(GROUPED.replace("EXPRESSION", expression)).columns[0].operation is not Op.TIME


@pytest.mark.parametrize(
    ("expression", "operation"), [("MAX(created_at)", Op.MAX), ("MAX(DATE(created_at))", Op.TIME)]
)
def test_the_last_of_times_is_a_time(expression: str, operation: Op) -> None:
    """The highest of what is known to be a time is one; of a column it is only the highest."""
    assert read_query(f"SELECT k, {expression} FROM t GROUP BY k").columns[1].operation is operation  # noqa: S608
