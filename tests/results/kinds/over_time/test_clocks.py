"""Results by the clock: seconds since 1970, hours, days of the week, the night in which clocks change."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from render.chart.model import ChartKind
from render.columns.reading import Role
from tests.results.kinds.result import Result, added_up, cells, column, counted, described, spoken

EPOCHS = [
    Result("event_time LONG, value DOUBLE", counted((1764300000 + 3600 * at for at in range(24)), 20)),
    Result("event_time LONG, value DOUBLE", counted((1764300000000 + 3600000 * at for at in range(24)), 20)),
    Result(
        "ts LONG, temperature DOUBLE",
        counted((1764300000 + 60 * at for at in range(30)), 20),
        "SELECT ts, temperature FROM sensors ORDER BY ts",
    ),
    Result("created_at LONG, signups LONG", counted((1764288000 + 86400 * at for at in range(20)), 20)),
    Result("timestamp_ms LONG, load DOUBLE", counted((1764300000000 + 900000 * at for at in range(12)), 20)),
]


@pytest.mark.parametrize("result", EPOCHS)
def test_seconds_since_1970_are_a_time(result: Result) -> None:
    """They stand along the axis of time, are written as times and have no total."""
    for said in result.say():
        name = said.reading.columns[0].column.name
        assert said.reading.columns[0].role is Role.TIME
        assert said.unasked is not None
        assert said.unasked.kind is ChartKind.LINE
        assert "Nov 2025" in cells(said)
        assert not re.search(r"17[46]\d{8}|17,[46]", spoken(said))
        assert name not in described(said)


HOURS = [
    Result("hour INT, orders LONG", counted(range(24))),
    Result("stunde INT, bestellungen LONG", counted(range(24))),
    Result(
        "pickup_hour INT, trips LONG",
        counted(range(6, 23)),
        "SELECT HOUR(t) AS pickup_hour, COUNT(*) AS trips FROM t GROUP BY 1",
    ),
    Result(
        "h INT, n LONG",
        counted(range(24)),
        "SELECT EXTRACT(HOUR FROM t) AS h, COUNT(*) AS n FROM t GROUP BY 1 ORDER BY 1",
        only_with_sql=True,
    ),
]


@pytest.mark.parametrize("result", HOURS)
def test_an_hour_of_the_day_names_its_row(result: Result) -> None:
    """Hour 0 is "Hour 0" and not the first row; all hours stand in order."""
    for said in result.say():
        assert said.reading.columns[0].role is Role.ORDERED
        assert not re.search(r"\b[Rr]ow \d", "\n".join(said.stats))
        assert said.unasked is not None
        assert said.unasked.labels == tuple(row[0] for row in result.table.rows)


CLOCKS = [
    [
        "2026-10-25T01:00:00+02:00",
        "2026-10-25T02:00:00+02:00",
        "2026-10-25T02:00:00+01:00",
        "2026-10-25T03:00:00+01:00",
    ],
    [
        "2025-11-02T00:00:00-04:00",
        "2025-11-02T01:00:00-04:00",
        "2025-11-02T01:00:00-05:00",
        "2025-11-02T02:00:00-05:00",
    ],
    [
        "2026-10-25T00:00:00+01:00",
        "2026-10-25T01:00:00+01:00",
        "2026-10-25T01:00:00Z",
        "2026-10-25T02:00:00Z",
    ],
    [
        "2026-04-05T01:00:00+11:00",
        "2026-04-05T02:00:00+11:00",
        "2026-04-05T02:00:00+10:00",
        "2026-04-05T03:00:00+10:00",
    ],
]


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_hour_that_comes_twice_is_two_hours(clock: list[str]) -> None:
    """Each of the four has its own place, an hour after the one before, and its own value."""
    sql = "SELECT DATE_TRUNC('HOUR', t) AS hour, COUNT(*) AS orders FROM o GROUP BY 1 ORDER BY 1"
    for said in Result(
        "hour TIMESTAMP, orders LONG", list(zip(clock, (10, 14, 15, 9), strict=True)), sql
    ).say():
        moments = column(said, "hour").moments
        gaps = {(after - before).total_seconds() for before, after in pairwise(moments) if before and after}
        assert gaps == {3600}
        assert said.unasked is not None
        assert list(said.unasked.series[0].values) == [10, 14, 15, 9]
        assert len(set(said.unasked.labels)) == len(clock)
        assert added_up(said, "orders") == ["a total in Stats"]


SPRING = ["2026-03-29 02", "2026-03-29 01", "2026-03-08 02", "2026-10-04 02", "2026-09-27 02"]


@pytest.mark.parametrize("skipped", SPRING)
@pytest.mark.parametrize("minutes", [60, 30])
def test_the_hour_that_no_clock_had_is_no_hole(skipped: str, minutes: int) -> None:
    """Where summer time begins the line goes on; on any other day it is broken there."""
    step = timedelta(minutes=minutes)
    for day, holes in (("0", 0), ("1", 60 // minutes)):
        hole = datetime.fromisoformat(f"{skipped}:00") - timedelta(days=int(day))
        hours = [hole.replace(hour=0) + at * step for at in range(8 * 60 // minutes)]
        rows = [(hour, 100 + at % 5) for at, hour in enumerate(hours) if hour.hour != hole.hour]
        for said in Result("hour TIMESTAMP, orders LONG", rows).say():
            assert said.unasked is not None
            assert list(said.unasked.series[0].values).count(None) == holes


NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BY_DAY = "SELECT {} AS dow, COUNT(*) AS orders FROM t GROUP BY 1 ORDER BY 1"
NUMBERED = [
    ("dayofweek(d)", range(1, 8), "Sun"),
    ("weekday(d)", range(7), "Mon"),
    ("extract(DOW FROM d)", range(1, 8), "Sun"),
    ("extract(DAYOFWEEK_ISO FROM d)", range(1, 8), "Mon"),
    ("dayofweek(d) - 1", range(7), "Sun"),
    ("weekday(d) + 1", range(1, 8), "Mon"),
    ("date_part('dow', d)", range(1, 8), "Sun"),
]


@pytest.mark.parametrize(("made", "numbers", "first"), NUMBERED)
def test_numbered_days_of_the_week_are_called_by_their_names(made: str, numbers: range, first: str) -> None:
    """Databricks' dayofweek begins with a Sunday, its weekday with a Monday that is zero."""
    sql = BY_DAY.format(made)
    at = NAMES.index(first)
    named = (*NAMES[at:], *NAMES[:at])
    for said in Result("dow INT, orders LONG", counted(numbers), sql, only_with_sql=True).say():
        assert said.charts[0].labels == named
        assert all(f'"{name}"' in cells(said) for name in NAMES)
        assert any(f"({name})" in spoken(said) for name in NAMES)
        assert "Dow 2" not in spoken(said)


def test_a_map_of_days_and_hours_is_named() -> None:
    """Each line of the map is a day, in the order of the week."""
    rows = [(day, hour, 900 + (day * 37 + hour * 53) % 211) for day in range(1, 8) for hour in range(8, 20)]
    sql = "WITH x AS (SELECT dayofweek(ts) AS wd, hour(ts) AS hr FROM t) SELECT wd, hr, COUNT(*) AS n FROM x"
    result = Result("wd INT, hr INT, n LONG", rows, f"{sql} GROUP BY wd, hr", only_with_sql=True)
    for said in result.say():
        assert set(NAMES) <= {*said.charts[0].labels, *(each.name for each in said.charts[0].series)}


UNTOLD = [
    "SELECT dow, orders FROM t",
    BY_DAY.format("pmod(dayofweek(d) + 5, 7)"),
    BY_DAY.format("CASE WHEN dayofweek(d) = 1 THEN 7 ELSE dayofweek(d) - 1 END"),
    "SELECT dayofweek(d) AS dow, sum(o) AS orders FROM t GROUP BY 1 UNION ALL SELECT weekday(d), o FROM u",
]


@pytest.mark.parametrize("sql", ["", *UNTOLD])
def test_days_that_nobody_names_stay_numbers(sql: str) -> None:
    """A guess would be wrong by a day."""
    for said in Result("dow INT, orders LONG", counted(range(1, 8)), sql).say():
        assert column(said, "dow").monday is None
        assert not any(name in said.charts[0].labels for name in NAMES)
