"""Results in several units: never on one axis, and bytes as sizes of data."""

import re

import pytest

from tests.results.kinds.result import MONTHS, Result, cells, names_drawn, spoken

FIELDS = ("Wheat", "Maize", "Barley", "Rye", "Oats")
SEVERAL = [
    ("crop STRING, harvested_t DECIMAL, area_ha DECIMAL", ("harvested", "area")),
    ("crop STRING, Harvest (t) DOUBLE, Area (ha) DOUBLE", ("harvest", "area")),
    ("route STRING, freight_kg LONG, length_km LONG", ("freight", "length")),
    ("site STRING, tonnes LONG, hectares LONG", ("tonnes", "hectares")),
    ("host STRING, bytes_sent LONG, requests LONG", ("bytes sent", "requests")),
    ("boiler STRING, Fuel (l) DOUBLE, Heat (kW) DOUBLE", ("fuel", "heat")),
]


@pytest.mark.parametrize(("columns", "names"), SEVERAL)
def test_measures_of_two_units_share_no_axis(columns: str, names: tuple[str, str]) -> None:
    """Tonnes beside hectares, as bars or as lines, compare what cannot be compared."""
    for keys, first in ((FIELDS, columns), (MONTHS, f"month DATE{columns[columns.index(',') :]}")):
        rows = [(key, 900 + at * 37 % 211, 700 + at * 53 % 199) for at, key in enumerate(keys)]
        for said in Result(first, rows).say():
            drawn = " ".join(names_drawn(said))
            assert said.charts
            assert sum(name in drawn for name in names) == 1


def test_measures_of_one_unit_share_an_axis() -> None:
    """What was harvested and what was sold of it stand side by side."""
    rows = [(key, 900 + at * 37 % 211, 700 + at * 53 % 199) for at, key in enumerate(FIELDS)]
    for said in Result("crop STRING, harvested_t LONG, shipped_t LONG", rows).say():
        assert {"harvested (t)", "shipped (t)"} <= names_drawn(said)


SIZES = [
    Result("workspace STRING, used_bytes LONG", [("a", 1_493_294_953_279), ("b", 406_699_476_313)]),
    Result("host STRING, bytes_out DOUBLE", [("a", 1_493_294_953_279.0), ("b", 406_699_476_313.0)]),
    Result(
        "disk STRING, stored DECIMAL",
        [("a", 1_493_294_953_279), ("b", 406_699_476_313)],
        "SELECT disk, SUM(size_in_bytes) AS stored FROM d GROUP BY disk",
        only_with_sql=True,
    ),
    Result("day DATE, bytes LONG", [("2026-10-01", 1_493_294_953_279), ("2026-10-02", 406_699_476_313)]),
]


@pytest.mark.parametrize("result", SIZES)
def test_bytes_are_written_as_sizes_of_data(result: Result) -> None:
    """In pictures, sentences and Stats; the cells of the table stay exact."""
    for said in result.say():
        assert "1.49 TB" in spoken(said)
        assert "407 GB" in spoken(said)
        assert not re.search(r"\d{3},\d{3},\d{3}|\d[TBM]\b", spoken(said))
        assert "1,493,294,953,279" in cells(said)


def test_sizes_that_look_alike_are_told_apart() -> None:
    """Two disks of 407 GB are not the same one."""
    result = Result("disk STRING, bytes LONG", [("a", 406_699_476_313), ("b", 406_699_476_914)])
    for said in result.say():
        assert "From 406,699,476,313 (a) to 406,699,476,914 (b)." in spoken(said)


def test_a_total_is_in_the_unit_of_its_parts() -> None:
    """The total of bytes by technology is bytes, so that the parts are drawn on one another."""
    rows = [(month, 20_000 + at, 9_000_000 + at, 9_020_000 + 2 * at) for at, month in enumerate(MONTHS)]
    sql = "SELECT month, SUM(b3) AS bytes_3g, SUM(b4) AS bytes_4g, SUM(x) AS total FROM t GROUP BY month"
    for said in Result(
        "month DATE, bytes_3g LONG, bytes_4g LONG, total LONG", rows, sql, only_with_sql=True
    ).say():
        assert {column.unit.name for column in said.reading.columns[1:]} == {"bytes"}
        assert "Not drawn" not in said.charts[0].note
