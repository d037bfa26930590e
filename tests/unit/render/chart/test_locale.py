"""Charts write numbers and dates as whoever asked does: in the picture, and where it is described."""

from functools import cache
from itertools import product

import pytest
from matplotlib.text import Text

from genie.model import Cell, Column, Table
from render.chart.model import Chart, ChartKind
from render.columns.read import read_result
from render.figure.draw import draw, paint
from render.text.locales import ANYWHERE, locale_of
from tests.read_back import read_back
from tests.rendered import choose_chart

REGIONS = ("EMEA", "Americas", "APAC", "LATAM")
NAMES = ("de-DE", "fr-FR", "de-CH", "pt-BR", "sv-SE", "tr-TR")
GERMAN, AMERICAN, JAPANESE = locale_of("de-DE"), locale_of("en-US"), locale_of("ja-JP")


def table(columns: dict[str, str], *rows: tuple[Cell, ...]) -> Table:
    return Table(tuple(Column(name, type_name) for name, type_name in columns.items()), rows)


PAIRS = table(
    {"category": "STRING", "region": "STRING", "revenue": "DOUBLE"},
    *((c, r, str(1234.5 * at)) for at, (c, r) in enumerate(product(("Desks", "Lamps", "Beds"), REGIONS))),
)
RECORDS = table(
    {"order_id": "LONG", "amount_usd": "DOUBLE", "units": "DOUBLE"},
    *((str(9000 + at), str(987.25 * at), str(at / 8)) for at in range(2500)),
)
CUSTOMERS = table(
    {"customer": "STRING", "revenue_eur": "DOUBLE"},
    *((f"Customer of {at} letters", str(1_234_567 - at * 876.5)) for at in range(1200)),
)
COURSE = table(
    {"day": "DATE", "revenue_eur": "DOUBLE"},
    *((f"2026-{month:02}-{day:02}", str(12_345.5 * day)) for month in (11, 12) for day in range(1, 31)),
)
NOW = table({"revenue_usd": "LONG", "previous_revenue_usd": "LONG"}, ("54321", "51234"))
CASES: dict[str, tuple[Table, ChartKind]] = {
    "upright bars": (
        table({"region": "STRING", "score": "DOUBLE"}, ("A", "4.25"), ("B", "3.5")),
        ChartKind.BAR,
    ),
    "lying bars": (CUSTOMERS, ChartKind.HORIZONTAL_BAR),
    "stacks": (PAIRS, ChartKind.STACKED_BAR),
    "heat map": (PAIRS, ChartKind.HEAT_MAP),
    "grouped bars": (PAIRS, ChartKind.GROUPED_BAR),
    "shares": (table({"plan": "STRING", "share": "DOUBLE"}, ("A", ".625"), ("B", ".375")), ChartKind.DONUT),
    "parts": (table({"plan": "STRING", "cost_gbp": "DOUBLE"}, ("A", "62.5"), ("B", "38.5")), ChartKind.DONUT),
    "points": (RECORDS, ChartKind.SCATTER),
    "histogram": (RECORDS, ChartKind.HISTOGRAM),
    "number": (NOW, ChartKind.NUMBER),
}


def drawn(result: Table, kind: str, name: str = "") -> Chart:
    chart = choose_chart(result, read_result(result), "", kind, locale_of(name))
    assert chart is not None
    return chart


def written(chart: Chart) -> list[str]:
    """Every text that stands in the picture."""
    texts = [text.get_text() for text in paint(chart).figure.findobj(Text) if isinstance(text, Text)]
    return [text.replace(r"\$", "$").replace("\n", " ") for text in texts if text.strip()]


@cache
def in_english(case: str) -> tuple[Chart, frozenset[str]]:
    """Return a chart as it is without a reader, and what stands in its picture."""
    chart = drawn(*CASES[case])
    return chart, frozenset(written(chart))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", CASES)
def test_every_number_of_a_chart_is_its_readers(case: str, name: str) -> None:
    """Axes, values, shares, notes and description say the same as in English, in the reader's way."""
    result, kind = CASES[case]
    (english, in_picture), theirs = in_english(case), drawn(result, kind, name)
    assert theirs.kind is english.kind is kind
    locale = locale_of(name)
    assert read_back(theirs.alt_text, locale) == english.alt_text
    assert read_back(theirs.note, locale) == english.note
    assert {read_back(text, locale) for text in written(theirs)} == in_picture


def test_two_readers_are_drawn_side_by_side() -> None:
    """One process draws for all: nothing of a chart's reader stays behind for the next one."""
    german, english = drawn(*CASES["lying bars"], "de-DE"), drawn(*CASES["lying bars"])
    assert "1,23M\u00a0€" in " ".join(written(german))
    assert "€1.23M" in " ".join(written(english))
    assert "€1.23M" not in " ".join(written(german))


@pytest.mark.parametrize(
    ("name", "ticks", "told"),
    [
        ("", ["1 Nov 2026", "15 Nov", "29 Nov"], "from 1 Nov 2026 to 30 Dec 2026"),
        ("en-US", ["Nov 1 2026", "Nov 15", "Nov 29"], "from Nov 1, 2026 to Dec 30, 2026"),
        ("ja-JP", ["11-01 2026", "11-15", "11-29"], "from 2026-11-01 to 2026-12-30"),
    ],
)
def test_the_dates_of_a_chart_are_its_readers(name: str, ticks: list[str], told: str) -> None:
    """A day begins with what the reader begins it with, below the axis as in the description."""
    chart = drawn(COURSE, "line", name)
    assert {text.strip() for text in written(chart)} >= set(ticks)
    assert told in chart.alt_text


def test_an_answer_without_a_known_reader_has_a_chart_for_everybody() -> None:
    """The table falls back to what most of the world reads, and so does the chart."""
    assert drawn(COURSE, "line") == drawn(COURSE, "line", "xx")
    assert drawn(COURSE, "line").locale == ANYWHERE.abbreviated()


@pytest.mark.parametrize("name", ["", "en-US", "ja-JP"])
def test_dates_that_stand_for_bars_follow_one_another(name: str) -> None:
    """3 December comes after 30 November in every language, and a missing date is last."""
    days = table(
        {"day": "DATE", "orders": "LONG"},
        *(("2026-12-03", "7"), ("2026-11-30", "9"), (None, "2"), ("2026-11-29", "1")),
    )
    chart = choose_chart(days, read_result(days), "", None, locale_of(name))
    assert chart is not None
    assert chart.series[0].values == (1.0, 9.0, 7.0, 2.0)


@pytest.mark.parametrize("kind", ["bar", "donut"])
def test_chinese_is_drawn_in_its_own_forms(kind: str) -> None:
    """Whoever reads Chinese gets the strokes that are usual there; other letters stay the same."""
    labels = table({"city": "STRING", "orders": "LONG"}, ("直骨", "7"), ("述誤", "5"))
    pictures = {name: draw(drawn(labels, kind, name)) for name in ("ja-JP", "zh-CN", "zh-TW", "ko-KR")}
    assert len(set(pictures.values())) == len(pictures)
    latin = table({"city": "STRING", "orders": "LONG"}, ("Oslo", "7"), ("Rome", "5"))
    assert draw(drawn(latin, kind, "ja-JP")) == draw(drawn(latin, kind, "zh-CN"))
