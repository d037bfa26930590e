"""Laws of showing cells, checked with generated examples."""

import json
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from genie.model import Column, Table
from render.chart.choose import chart_and_choices
from render.chart.describe import ALT_LIMIT
from render.chart.model import ChartKind, Notation, Unit
from render.chart.scale import compact_alike, tick_labels
from render.columns.format import CELL_LIMIT, formatter
from render.columns.kinds import Kind
from render.columns.numbers import amounts
from render.columns.read import read_result
from render.figure.draw import draw
from render.text.locales import ANYWHERE, Locale, locale_of
from tests.laws.examples import examples
from tests.read_back import read_back
from tests.rendered import choose_chart, show
from tests.shown import UNSEEN

pytestmark = pytest.mark.property

TYPES = (
    "STRING",
    "LONG",
    "INT",
    "DECIMAL",
    "DOUBLE",
    "DATE",
    "TIMESTAMP",
    "BOOLEAN",
    "STRUCT",
    "ARRAY",
    "VARIANT",
    "BINARY",
    "INTERVAL",
    "NEW",
)

columns = st.builds(
    Column,
    name=st.one_of(
        st.text(max_size=30), st.sampled_from(["customer_id", "revenue_share", "month", "year", "pct"])
    ),
    type_name=st.sampled_from(TYPES),
    scale=st.none() | st.integers(0, 38),
    type_text=st.sampled_from(["", "INTERVAL DAY TO SECOND", "INTERVAL YEAR TO MONTH", "INTERVAL HOUR"]),
)
locales = st.sampled_from(
    ["", "en-US", "de-DE", "fr-FR", "de-CH", "ja-JP", "sv-SE", "pt-BR", "tr-TR", "hu-HU", "zh-CN"]
).map(locale_of)
jsons = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
).map(json.dumps)
texts = st.text(alphabet=st.characters(), max_size=400)
numbers = st.one_of(
    st.integers().map(str), st.floats().map(repr), st.decimals(allow_nan=False, places=3).map(str)
)
dates = st.one_of(
    st.dates().map(str), st.datetimes().map(str), st.datetimes().map(lambda at: at.isoformat() + "Z")
)
intervals = st.from_regex(r"-?\d{1,5}(-\d\d?| \d\d:\d\d:\d\d(\.\d{1,9})?)?", fullmatch=True)
cells = st.one_of(st.none(), texts, numbers, dates, jsons, intervals, st.booleans().map(str))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any result of up to 5 columns and 30 rows."""
    some = draw(st.lists(columns, min_size=1, max_size=5))
    row = st.tuples(
        *(
            draw(st.sampled_from([st.just(cells), st.just(numbers), st.just(dates)])).flatmap(lambda s: s)
            for _ in some
        )
    )
    return Table(tuple(some), tuple(draw(st.lists(row, max_size=30))))


@st.composite
def measured(draw: st.DrawFn) -> Table:
    """Any result that most likely has a chart: labels of one kind, and numbers of any size beside them."""
    labels = draw(st.sampled_from([st.dates().map(str), st.text(min_size=1, max_size=40), numbers]))
    names = draw(st.lists(labels, min_size=2, max_size=30, unique=True))
    types = draw(st.lists(st.sampled_from(["LONG", "DECIMAL", "DOUBLE"]), min_size=1, max_size=4))
    row = st.tuples(*[st.one_of(numbers, st.none())] * len(types))
    rows = [(name, *draw(row)) for name in names]
    return Table(
        (Column("label"), *(Column(f"amount {at}", kind) for at, kind in enumerate(types))), tuple(rows)
    )


@given(cells, cells, columns, st.sampled_from(Kind), locales)
def test_any_cell_shows_as_one_clean_short_line(
    cell: str | None, beside: str | None, column: Column, kind: Kind, locale: Locale
) -> None:
    """Whatever a cell holds and whoever reads it, there is one line of visible characters, not too long."""
    shown = formatter(column, kind, [cell, beside], locale, cents=column.scale == 2)(cell)
    assert len(shown) <= CELL_LIMIT
    assert not UNSEEN.search(shown)
    visible = re.sub("[\u200c\u200d]", "", shown)  # which stand only where they join, as UNSEEN knows
    assert not {unicodedata.category(char) for char in visible} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode()


@given(jsons)
def test_a_structure_keeps_its_values(cell: str) -> None:
    """No number and no word of a short structure gets lost on the way to people."""
    shown = show(cell, Column("x", "STRUCT"), Kind.TEXT)
    if not shown.endswith("…"):
        assert all(number in shown for number in re.findall(r"(?<![\w.\\])\d+\.\d+(?![\w.])", cell))


@given(st.floats(-1e14, 1e14), st.lists(st.floats(-1e14, 1e14), max_size=5))
def test_a_double_is_never_rounded_to_nothing(value: float, others: list[float]) -> None:
    """However large its neighbours, a value that is not zero does not read as zero, and is off by little."""
    cells = [repr(each) for each in (value, *others)]
    shown = formatter(Column("x", "DOUBLE"), Kind.MEASURE, cells, ANYWHERE)(cells[0])
    if "×" not in shown:
        read = float(shown.replace(",", ""))
        assert (read == 0) is (value == 0)
        assert abs(read - value) <= max(0.0051, abs(value) * 0.0051)


@given(st.integers(-(10**38), 10**38))
def test_a_whole_number_keeps_every_digit(value: int) -> None:
    """A LONG or a DECIMAL without scale is shown with all its digits."""
    for column in (Column("n", "LONG"), Column("n", "DECIMAL", scale=0)):
        assert int(show(str(value), column, Kind.MEASURE).replace(",", "")) == value


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_an_amount_keeps_its_cents(value: Decimal) -> None:
    """A DECIMAL of scale 2 is shown exactly."""
    assert Decimal(show(str(value), Column("n", "DECIMAL", scale=2), Kind.MEASURE).replace(",", "")) == value


@given(st.text(alphabet="0123456789", min_size=1, max_size=30))
def test_an_identifier_stays_as_it_is(value: str) -> None:
    """Codes keep their zeros and get no separators."""
    assert show(value, Column("code", "STRING"), Kind.IDENTIFIER) == value


@given(st.floats(min_value=-1e299, max_value=1e299))
def test_a_double_is_drawn_as_it_was_sent(value: float) -> None:
    """A double that an axis can hold survives the way through text."""
    assert amounts([repr(value)], Column("n", "DOUBLE")) == [value]


@given(
    st.lists(st.floats(-1e299, 1e299), min_size=1, max_size=6),
    st.sampled_from(Unit),
    st.sampled_from(["", "$", "€"]),
    locales,
)
def test_the_numbers_of_a_chart_read_back_in_every_language(
    values: list[float], unit: Unit, sign: str, locale: Locale
) -> None:
    """Whoever reads a value or a tick in the own way reads what stands there in English."""
    english = Notation(unit, "" if unit is not Unit.NUMBER else sign)
    theirs = replace(english, locale=locale)
    for write in (compact_alike, tick_labels):
        assert [read_back(text, locale) for text in write(values, theirs)] == write(values, english)


@settings(max_examples=examples(40, 40), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.one_of(tables(), measured()), locales, st.data())
def test_any_chart_can_be_drawn(table: Table, locale: Locale, data: st.DataObject) -> None:
    """Whatever a result holds, drawing the chart that we choose or a reader wants neither fails nor warns."""
    reading = read_result(table)
    chart, choices = chart_and_choices(table, reading, "", None, locale)
    if choices:
        wanted = data.draw(st.sampled_from([None, *(choice.wanted for choice in choices)]), label="wanted")
        chart = choose_chart(table, reading, "", wanted, locale)
    event("drawn" if chart else "no chart")
    if chart is not None:
        assert draw(chart).startswith(b"\x89PNG")


@given(tables(), locales)
def test_any_table_gets_kinds_and_a_sound_chart_or_none(table: Table, locale: Locale) -> None:
    """Whatever a result holds, its chart is complete: one value per label, an alternative text that fits."""
    reading = read_result(table)
    assert len(reading.columns) == len(table.columns)
    chart = choose_chart(table, reading, "", locale=locale)
    if chart is not None:
        assert len(chart.labels) >= 1
        assert all(len(series.values) == len(chart.labels) for series in chart.series)
        # The positions of a histogram are the edges of its bars.
        edges = len(chart.labels) + (chart.kind is ChartKind.HISTOGRAM)
        assert len(chart.positions) in {0, edges}
        assert 0 < len(chart.alt_text) <= ALT_LIMIT
        assert chart.title
