"""Charts decide by the reading of a result: what is drawn of it, in which order, and what is left out."""

from datetime import datetime, timedelta

import pytest

from render.chart.model import ChartKind
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.columns.reading import Adds, Role
from render.figure.draw import draw
from tests.unit.render.chart.hand_read import Read, amount, label, result, time

REVENUE = amount("revenue_eur")
CITIES = ("Berlin", "Paris", "Rome", "Madrid", "Oslo", "Bern")
MONTHS = tuple(f"2026-{month:02}-01" for month in range(1, 7))


# Rows of totals


@pytest.mark.parametrize(
    ("columns", "rows", "totals"),
    [
        (
            [label("region"), REVENUE],
            [("Total", 1000), ("EMEA", 500), ("APAC", 300), ("LATAM", 200)],
            {0},
        ),
        (
            [label("region"), REVENUE],
            [("EMEA", 500), ("APAC", 300), ("LATAM", 200), (None, 1000)],
            {3},
        ),
        (
            [time("month"), label("channel"), REVENUE],
            [
                (m, name, value)
                for m in MONTHS
                for name, value in (("Web", 300), ("Shop", 500), ("Gesamt", 800))
            ],
            set(range(2, 18, 3)),
        ),
        (
            [label("plan"), label("region"), amount("users", Adds.NOT_OVER_TIME)],
            [(p, r, v) for p in ("Free", "Pro") for r, v in (("EU", 500), ("US", 700), ("合計", 1200))],
            {2, 5},
        ),
        (
            [label("region"), amount("avg_price", Adds.NEVER)],
            [("EMEA", 500), ("APAC", 300), ("All regions", 1000)],
            {2},
        ),
    ],
    ids=["first", "rollup", "per month", "per group", "of averages"],
)
def test_rows_of_totals_are_neither_drawn_nor_told(
    columns: list[Read], rows: list[tuple[object, ...]], totals: set[int]
) -> None:
    """They are no bar, line, slice or extreme and stretch no scale; the note says that they are left out."""
    told = result(columns, rows, totals=frozenset(totals))
    largest = max(rows[at][-1] for at in totals)  # type: ignore[type-var]
    for wanted in told.offered[:-1]:
        chart = told.drawn(wanted)
        values = [value for series in chart.series for value in series.values if value is not None]
        assert max(values) < float(str(largest))
        assert "left out." in chart.note
        assert not {"Total", "(no value)", "Gesamt", "合計", "All regions"}.intersection(
            (*chart.labels, *(series.name for series in chart.series))
        )


def test_nothing_but_totals_is_not_drawn() -> None:
    """A total beside a total compares nothing."""
    told = result([label("region"), REVENUE], [("Total", 5), ("Grand total", 5)], totals=frozenset({0, 1}))
    assert (told.chart(), told.offered) == (None, [])


# Numbers that are names, and ranks


@pytest.mark.parametrize("name", ["store", "cost_center", "route", "http_status"])
def test_numbers_that_are_names_are_labels(name: str) -> None:
    """Stores 1 to 12 have a bar each, in the order that they are counted in, and sentences name them."""
    told = result([label(name), REVENUE], [(at, at * 5 % 12) for at in range(1, 13)])
    chart = told.drawn()
    assert (chart.y_title, chart.sign, len(chart.labels)) == ("Revenue", "€", 12)
    assert chart.labels == tuple(str(at) for at in range(1, 13))
    assert f"({chart.x_title} 7)" in chart.finding


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hour", range(24)),
        ("weekday", range(1, 8)),
        ("rating", range(1, 6)),
        ("months_since_signup", range(13)),
    ],
)
def test_steps_of_an_order_stay_in_it(name: str, values: range) -> None:
    """Hours, weekdays, ratings and the age of cohorts are never sorted by what is drawn over them."""
    rows = [(step, step * 7 % 11) for step in reversed(values)]
    steps = Read(name, Role.ORDERED, facts={"in_order": tuple(map(str, values))})
    assert result([steps, REVENUE], rows).drawn().labels == tuple(map(str, values))


def test_more_steps_than_bars_are_a_line() -> None:
    """Sixty years of age as fifteen bars would have holes that nobody sees."""
    ages = tuple(map(str, range(18, 78)))
    steps = Read("age", Role.ORDERED, facts={"in_order": ages})
    chart = result([steps, REVENUE], [(age, int(age) * 7 % 50) for age in ages]).drawn()
    assert (chart.kind, chart.labels) == (ChartKind.LINE, ages)


@pytest.mark.parametrize("role", [Role.RANK, Role.IDENTIFIER, Role.ORDERED, Role.CATEGORY])
def test_only_amounts_are_measures(role: Role) -> None:
    """A row number beside a revenue is not drawn, and no note misses it."""
    number = Read("n", role, kind=Kind.MEASURE)
    rows = [(at, city, 70 // at) for at, city in enumerate(CITIES, 1)]
    told = result([number, label("customer"), REVENUE], rows)
    chart = told.drawn()
    assert (chart.y_title, chart.note) == ("Revenue", "")
    assert result([number], [(at,) for at in range(40)]).offered == []


@pytest.mark.parametrize("order", [0, 2])
def test_a_ranked_result_keeps_its_order(order: int) -> None:
    """Rows that the query ranked, by a rank or by a measure that is not drawn, stand as it ordered them."""
    columns = [Read("rn", Role.RANK), label("city"), amount("score", Adds.NEVER), REVENUE]
    rows = [(at, city, 100 - at * 20, at * 37 % 90) for at, city in enumerate(CITIES, 1)]
    told = result(columns, rows, order=order)
    assert told.drawn().labels == CITIES


def test_the_first_of_a_ranking_are_told_as_such() -> None:
    """The bars that are drawn are the first ones, which need not be the highest of what is drawn."""
    columns = [Read("rn", Role.RANK), label("team"), amount("score", Adds.NEVER)]
    told = result(columns, [(at, f"T{at}", at * 37 % 90) for at in range(1, 31)], order=0)
    assert told.drawn().note == "The first 15 of 30; the other 15 are not drawn."


def test_a_part_of_the_rows_has_no_lowest() -> None:
    """The last of the five highest is not the lowest of all, and five of many are no whole."""
    columns = [label("city"), REVENUE]
    most = [(city, 90 - at) for at, city in enumerate(CITIES)]
    told = result(columns, most, limited=True, order=1)
    assert told.drawn().finding == "Revenue by city: highest €90 (Berlin)."
    assert "donut" not in told.offered
    least = result(columns, [(city, at) for at, city in enumerate(CITIES)], limited=True, order=1)
    assert least.drawn().finding == "Revenue by city: lowest €0 (Berlin)."


# Time


WEEKS = [(f"2026-W{week:02}", week * 7 % 40) for week in range(1, 41)]
FISCAL = [(f"FY{25 + at // 4}-Q{at % 4 + 1}", at * 7 % 9) for at in range(8)]
TEXTS = [("Nov 2025", 5), ("Dec 2025", 7), ("Jan 2026", 9), ("Feb 2026", 2)]


@pytest.mark.parametrize("rows", [WEEKS, FISCAL, TEXTS, [("01/02/2026", 4), ("01/03/2026", 9)]])
@pytest.mark.parametrize("wanted", [None, "bar", "area"])
def test_a_time_keeps_the_order_of_the_query_where_no_calendar_has_it(
    rows: list[tuple[str, int]], wanted: str | None
) -> None:
    """Labels of periods are neither sorted by value nor cut from the middle, in any chart."""
    chart = result([label("period", Role.TIME), REVENUE], rows).drawn(wanted)
    assert chart.labels == tuple(name for name, _ in rows)
    assert chart.series[0].values == tuple(float(value) for _, value in rows)


def test_weeks_with_their_moments_are_on_a_time_axis_under_their_own_names() -> None:
    """A week that the reading knows is placed by its Monday and called as the rows call it."""
    first = datetime(2026, 2, 2)  # noqa: DTZ001 (a result's own calendar)
    names = ("2026-W08", "2026-W06", "2026-W07")
    moments = tuple(first + timedelta(weeks=at) for at in (2, 0, 1))
    week = Read("week", Role.TIME, facts={"moments": moments, "grain": Grain.WEEK})
    chart = result([week, REVENUE], [*zip(names, (3, 1, 2), strict=True)]).drawn()
    assert (chart.kind, chart.grain) == (ChartKind.LINE, Grain.WEEK)
    assert chart.labels == ("2026-W06", "2026-W07", "2026-W08")
    assert chart.series[0].values == (1.0, 2.0, 3.0)


def test_many_periods_are_never_some_of_the_highest() -> None:
    """Forty labels of periods by three channels are lines or nothing, not the ten highest periods."""
    rows = [(f"P{period}", channel, period) for period in range(40) for channel in ("Web", "Shop", "App")]
    told = result([label("period", Role.TIME), label("channel"), REVENUE], rows)
    for wanted in told.offered[:-1]:
        assert len(told.drawn(wanted).labels) == 40


def test_cohorts_are_a_heat_map() -> None:
    """Months by months since signup are cells in both orders, and those to come are empty."""
    ages = Read("months_since_signup", Role.ORDERED, facts={"in_order": tuple(map(str, range(6)))})
    rows = [(month, age, 100 - age * 10) for at, month in enumerate(MONTHS) for age in range(6 - at)]
    chart = result([time("cohort"), ages, amount("retention", Adds.NEVER, kind=Kind.PERCENT)], rows).drawn()
    assert (chart.kind, chart.labels) == (ChartKind.HEAT_MAP, tuple(map(str, range(6))))
    assert [series.name for series in chart.series][::5] == ["Jan 2026", "Jun 2026"]
    assert chart.series[-1].values == (100.0, None, None, None, None, None)


def test_the_last_days_of_months_stand_for_their_months() -> None:
    """Balances at month's end are a month apart, and a month without a row is a gap."""
    ends = ("2026-01-31", "2026-02-28", "2026-04-30", "2026-05-31")
    chart = result([time("month_end", Kind.TIME), amount("balance")], [(end, 5) for end in ends]).drawn()
    assert chart.series[0].values == (5.0, 5.0, None, 5.0, 5.0)
    assert chart.labels[:2] == ("31 Jan 2026", "28 Feb 2026")
    assert chart.positions[0] == time_of("2026-01-01")


def time_of(day: str) -> float:
    """Return where a day stands on a time axis."""
    return (datetime.fromisoformat(day) - datetime(1970, 1, 1)) / timedelta(days=1)  # noqa: DTZ001


@pytest.mark.parametrize("grain", list(Grain))
def test_every_grain_can_be_drawn(grain: Grain) -> None:
    """Whatever a time is made of, minutes too, it has an axis."""
    rows = [("2026-01-01", 5), ("2027-01-01", 6), ("2028-01-01", 4)]
    assert draw(result([time("at", Kind.TIME, grain), REVENUE], rows).drawn())


def test_records_are_drawn_only_for_whoever_wants_it() -> None:
    """What says more about each row than amounts is a list; one that the query ranked is compared."""
    said = [Read("id", Role.IDENTIFIER), *(label(name) for name in ("name", "status", "priority", "mail"))]
    rows = [(at, city, city[:1], at % 3, "x", at * 7 % 5) for at, city in enumerate(CITIES)]
    records = result([*said, REVENUE], rows)
    assert (records.chart(), records.offered[:2]) == (None, ["off", "bar"])
    assert result([*said, REVENUE], rows, order=5).drawn().kind is ChartKind.BAR
    numbers = [Read(name, Role.IDENTIFIER) for name in ("id", "patient", "phone", "sample", "code")]
    many = [(at, at, at, at, at, at * 7 % 23) for at in range(40)]
    assert result([*numbers, REVENUE], many).chart() is None
    assert result([REVENUE], [row[-1:] for row in many]).drawn().kind is ChartKind.HISTOGRAM


def test_no_change_is_told_where_the_order_is_not_sure() -> None:
    """Labels of periods that the query did not order may be in any order: from first to last says nothing."""
    columns, rows = (
        [label("period", Role.TIME), REVENUE],
        [("01/02/2026", 5), ("01/03/2026", 9), ("01/01/2026", 7)],
    )
    told = result(columns, rows)
    assert told.drawn().finding == "Revenue by period: highest €9 (01/03/2026), lowest €5 (01/02/2026)."
    assert "%" not in told.drawn().alt_text
    assert "number" not in told.offered
    ordered = result(columns, rows, order=0)
    assert "+40%" in ordered.drawn().finding
    assert "number" in ordered.offered


@pytest.mark.parametrize(
    ("first", "second"), [("02:00:00+02:00", "02:00:00+01:00"), ("01:30:00-04:00", "01:30:00-05:00")]
)
def test_hours_at_the_end_of_summer_time_are_two(first: str, second: str) -> None:
    """The hour that comes twice has two points, an hour apart, under the names that the rows give them."""
    cells = tuple(f"2026-10-25T{clock}" for clock in (first, second))
    start = datetime.fromisoformat(cells[0]).replace(tzinfo=None)
    facts = {"moments": (start, start + timedelta(hours=1)), "grain": Grain.HOUR}
    hour = Read("hour", Role.TIME, kind=Kind.TIME, facts=facts)
    chart = result([hour, REVENUE], [(cells[0], 7), (cells[1], 8)]).drawn("line")
    assert chart.series[0].values == (7.0, 8.0)
    assert round((chart.positions[1] - chart.positions[0]) * 24, 6) == 1
    assert len(set(chart.labels)) == 2
    assert all(label.startswith(f"25 Oct 2026, {first[:5]}") for label in chart.labels)
