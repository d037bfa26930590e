"""Results by the clock: seconds since 1970, hours of the day, and the night in which clocks are changed."""

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
