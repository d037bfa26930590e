"""Parts of one whole are drawn all, beside or on one another: never some as if they were the whole."""

import pytest

from render.chart.model import ChartKind
from render.columns.reading import Adds, Role
from tests.unit.render.chart.hand_read import Read, Result, amount, label, result, time

MONTHS = tuple(f"2026-{month:02}-01" for month in range(1, 7))


def pivot(first: Read, sizes: dict[str, int], *, total: bool) -> Result:
    """Return rows whose measures are parts of one whole, each of its size, with their total or without."""
    rest = [amount("total")] if total else []
    columns = [first, *map(amount, sizes), *rest]
    rows = []
    for at, name in enumerate(MONTHS):
        parts = [size + at for size in sizes.values()]
        rows.append((name, *parts, *([sum(parts)] if total else [])))
    drawn = tuple(range(1, len(sizes) + 1))
    return result(columns, rows, parts=drawn, whole=len(sizes) + 1 if total else None)


TECHNOLOGIES = {"calls_2g": 20, "calls_3g": 300, "calls_4g": 50_000, "calls_5g": 23_000}
SOURCES = {"solar": 30, "wind": 85, "hydro": 26, "biomass": 10, "gas": 62, "storage": 7}
PRIORITIES = {"P1": 2, "P2": 40, "P3": 290, "P4": 570}
MANY = {f"part_{letter}": 10 + at for at, letter in enumerate("abcdefghij")}


@pytest.mark.parametrize("sizes", [TECHNOLOGIES, PRIORITIES, MANY])
@pytest.mark.parametrize("first", [time("month"), label("kind")])
def test_parts_without_a_place_beside_one_another_are_stacked(sizes: dict[str, int], first: Read) -> None:
    """A line of their total would hide the groups that were asked for; a stack shows both."""
    chart = pivot(first, sizes, total=True).drawn()
    assert chart.kind is ChartKind.STACKED_BAR
    heights = zip(*(series.values for series in chart.series), strict=True)
    assert sorted(sum(filter(None, each)) for each in heights) == [
        sum(size + at for size in sizes.values()) for at in range(len(MONTHS))
    ]
    assert "Not drawn" not in chart.note


@pytest.mark.parametrize("sizes", [SOURCES, {"web": 5, "shop": 7, "phone": 3}])
@pytest.mark.parametrize("total", [True, False])
def test_all_parts_are_drawn_where_they_fit(sizes: dict[str, int], total: bool) -> None:  # noqa: FBT001
    """Six sources of energy are six lines, the second largest of which stands in the fifth column."""
    chart = pivot(time("month"), sizes, total=total).drawn()
    assert len(chart.series) == len(sizes)
    assert "Total" not in {series.name for series in chart.series}


@pytest.mark.parametrize("sizes", [TECHNOLOGIES, SOURCES, PRIORITIES, MANY])
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("first", [time("month"), label("kind")])
@pytest.mark.parametrize("wanted", ["stacked_bar", "area"])
def test_a_stack_is_as_high_as_all_parts(
    sizes: dict[str, int],
    total: bool,  # noqa: FBT001
    first: Read,
    wanted: str,
) -> None:
    """Whatever is drawn unasked, who wants a stack gets every part, the smallest of many summed up."""
    told = pivot(first, sizes, total=total)
    if wanted not in told.offered:
        assert (wanted, first.role) == ("area", Role.CATEGORY)
        return
    heights = zip(*(series.values for series in told.drawn(wanted).series), strict=True)
    expected = [sum(size + at for size in sizes.values()) for at in range(len(MONTHS))]
    assert sorted(sum(filter(None, height)) for height in heights) == expected


def test_the_largest_are_drawn_without_a_total() -> None:
    """Of parts that do not fit and have no total the largest are lines, in the order of the columns."""
    chart = pivot(time("month"), TECHNOLOGIES, total=False).drawn()
    assert [series.name for series in chart.series] == ["Calls 4g", "Calls 5g"]


def test_of_many_measures_the_largest_stand_beside_the_first() -> None:
    """Measures that are left out are the smallest and not the last."""
    columns = [label("region"), *(amount(f"cost_{name}", Adds.EVERYWHERE) for name in "abcdef")]
    chart = result(columns, [("North", 5, 3, 1, 9, 2, 8), ("South", 6, 3, 1, 9, 2, 8)]).drawn()
    assert [series.name for series in chart.series] == ["Cost a", "Cost b", "Cost d", "Cost f"]
