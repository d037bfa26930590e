"""Whole columns as people read them: one form for all their cells, the unit once."""

from dataclasses import dataclass

import pytest

from genie.model import Cell, Column, Table
from render.answer.cells import format_cells
from render.columns.read import read_result
from render.text.locales import ANYWHERE, Locale, locale_of

LONGEST = str(2**63 - 1)


@dataclass(frozen=True)
class Case:
    """A column of a result, and what stands in the table."""

    name: str
    type_name: str
    cells: list[Cell]
    header: str
    texts: list[str]
    scale: int | None = None
    type_text: str = ""
    locale: Locale = ANYWHERE


GERMAN, AMERICAN, JAPANESE = locale_of("de-DE"), locale_of("en-US"), locale_of("ja-JP")

CASES = [
    # As many decimals as the values have, the same throughout, and no noise of floating point.
    Case("score", "DOUBLE", ["3.4", "3.0", None], "Score", ["3.4", "3.0", "–"]),
    Case("score", "DOUBLE", ["3.0", "1200.0"], "Score", ["3", "1,200"]),
    Case("score", "DOUBLE", ["0.30000000000000004", "12.5"], "Score", ["0.3", "12.5"]),
    Case("score", "DOUBLE", ["1234.5678", "2"], "Score", ["1,234.57", "2.00"]),
    Case("weight", "DOUBLE", ["0.012345", "0.5"], "Weight", ["0.0123", "0.5000"]),
    Case("weight", "DOUBLE", ["0.0004", "12.25"], "Weight", ["0.0004", "12.25"]),
    Case("mass", "DOUBLE", ["1.67e-27", "5"], "Mass", ["1.67 × 10⁻²⁷", "5"]),
    Case("x", "DOUBLE", ["NaN", "-Infinity", "2.5"], "X", ["not a number", "-∞", "2.5"]),
    Case("margin", "DOUBLE", ["NaN", "0.5"], "Margin", ["not a number", "50%"]),
    Case("stars", "DOUBLE", ["2.5E22", "3.336E8"], "Stars", ["2.5 × 10²²", "333,600,000"]),
    Case("n", "LONG", [LONGEST, "-1"], "N", ["9,223,372,036,854,775,807", "-1"]),
    Case("price", "DECIMAL", ["12.5000", "3.2500"], "Price", ["12.50", "3.25"], scale=4),
    Case("price", "DECIMAL", ["12.5001", "3"], "Price", ["12.5001", "3.0000"], scale=4),
    Case("average", "DECIMAL", ["12.500000", "3"], "Average", ["12.5", "3.0"], scale=6),
    Case("average", "DECIMAL", ["45.333333", "3"], "Average", ["45.33", "3.00"]),
    Case("gone_pct", "DOUBLE", ["25", "75"], "Gone %", ["25%", "75%"]),
    Case("uptime_pct", "DOUBLE", ["99.95", "100"], "Uptime %", ["99.95%", "100.00%"]),
    Case("share", "DOUBLE", ["0.25", "0.125", "0.0002"], "Share", ["25.0%", "12.5%", "0.02%"]),
    # Two digits that matter in each cell, whatever the others are.
    Case(
        "price_usd", "DOUBLE", ["64012.5", "0.1234", "0.0149"], "Price (USD)", ["64,012.50", "0.12", "0.015"]
    ),
    Case("coin_usd", "DOUBLE", ["64012.5", "0.00001234"], "Coin (USD)", ["64,012.50", "0.000012"]),
    Case("weight", "DOUBLE", ["1200.5", "0.0381"], "Weight", ["1,200.50", "0.038"]),
    Case("dose", "DECIMAL", ["250.000000", "-0.006500"], "Dose", ["250.00", "-0.0065"], scale=6),
    Case("churn_pct", "DOUBLE", ["27.4", "0.0449"], "Churn %", ["27.4%", "0.045%"]),
    # A percentage is one of a hundred or a fraction: the values tell.
    Case("margin_pct", "DOUBLE", ["0.123", "0.4"], "Margin %", ["12.3%", "40.0%"]),
    Case("defect_pct", "DOUBLE", ["0.0213", "0.1"], "Defect %", ["2.1%", "10.0%"]),
    Case("conversion_percent", "DECIMAL", ["0.0312", "0.0"], "Conversion %", ["3.1%", "0.0%"]),
    Case("load_factor", "DOUBLE", ["0.891", "0.8"], "Load factor", ["89.1%", "80.0%"]),
    Case("margin_pct", "DOUBLE", ["12.3", "40"], "Margin %", ["12.3%", "40.0%"]),
    # Weeks are weeks, and a time is a time however it is counted.
    Case("year_week", "STRING", ["2026-07", "2026-10"], "Year week", ["2026-W07", "2026-W10"]),
    Case("kalenderwoche", "STRING", ["2026-W07", "2026-W53"], "Kalenderwoche", ["2026-W07", "2026-W53"]),
    Case("yearweek", "LONG", ["202607", "202610"], "Yearweek", ["2026-W07", "2026-W10"]),
    Case("week", "STRING", ["KW 7 2026", "KW 10 2026"], "Week", ["2026-W07", "2026-W10"]),
    Case("month", "STRING", ["Nov 2025", "Dezember 2025"], "Month", ["November 2025", "December 2025"]),
    Case(
        "event_time",
        "LONG",
        ["1764300000", "1764303600"],
        "Event time",
        [
            "28 Nov 2025, 03:20",
            "28 Nov 2025, 04:20",
        ],
    ),
    Case("fiscal_quarter", "STRING", ["FY26-Q1", "FY26-Q2"], "Fiscal quarter", ["FY26-Q1", "FY26-Q2"]),
    Case("day", "STRING", ["01/02/2026", "03/04/2026"], "Day", ["01/02/2026", "03/04/2026"]),
    # Units and currencies stand in the header; money has its cents.
    Case("amount_usd", "DOUBLE", ["12.5", "-3"], "Amount (USD)", ["12.50", "-3.00"]),
    Case("net_revenue", "DOUBLE", ["1200.5", "3"], "Net revenue", ["1,200.50", "3.00"]),
    Case("price (CHF)", "DOUBLE", ["1200.5", "3"], "Price (CHF)", ["1,200.50", "3.00"]),
    Case("duration_ms", "LONG", ["1200", "3"], "Duration (ms)", ["1,200", "3"]),
    # What is a name stays as it is.
    Case("plant", "STRING", ["00123", "4e5"], "Plant", ["00123", "4e5"]),
    Case("iban", "STRING", ["DE02 1203 0000 0000 2020 51"], "IBAN", ["DE02 1203 0000 0000 2020 51"]),
    Case("year", "INT", ["2025", "2026"], "Year", ["2025", "2026"]),
    Case("count(customer_id)", "LONG", ["7"], "Count(customer ID)", ["7"]),
    Case("yoy_growth", "DOUBLE", ["1.5"], "YoY growth", ["1.5"]),
    Case("Paid_for", "STRING", ["x"], "Paid for", ["x"]),
    Case("Valid", "STRING", ["x"], "Valid", ["x"]),
    Case("order_id", "DOUBLE", ["1.2345678E7", "12.0", None], "Order ID", ["12345678", "12", "–"]),
    Case("fiscal_year", "DOUBLE", ["2025.0"], "Fiscal year", ["2025"]),
    Case("week", "DOUBLE", ["12.0"], "Week", ["12"]),
    Case("phone", "LONG", ["4989123456"], "Phone", ["4989123456"]),
    Case("latitude", "DOUBLE", ["48.137154"], "Latitude", ["48.137154"]),
    # Times: by grain, one form, the zone once.
    Case("yyyymm", "LONG", ["202603", None], "Yyyymm", ["March 2026", "–"]),
    Case("date", "INT", ["20260302"], "Date", ["2 Mar 2026"]),
    Case("since", "DATE", ["0001-01-01"], "Since", ["1 Jan 0001"]),
    Case("month", "DATE", ["2026-03-01", "2026-04-01"], "Month", ["March 2026", "April 2026"]),
    Case("quarter", "STRING", ["2026-Q1"], "Quarter", ["Q1 2026"]),
    Case("day", "DATE", ["2026-03-12", None], "Day", ["12 Mar 2026", "–"]),
    Case(
        "at",
        "TIMESTAMP",
        ["2026-03-12T00:00:00.000Z", "2026-03-12T14:05:00.000Z"],
        "At (UTC)",
        ["12 Mar 2026, 00:00", "12 Mar 2026, 14:05"],
    ),
    Case(
        "at",
        "TIMESTAMP",
        ["2026-03-12T14:05:00+01:00", "2026-07-12T14:05:07+02:00"],
        "At",
        ["12 Mar 2026, 14:05:00 UTC+01:00", "12 Jul 2026, 14:05:07 UTC+02:00"],
    ),
    # What is neither word nor number.
    Case("tags", "ARRAY", ['["a, b"]', '["a", "b"]'], "Tags", ['"a, b"', "a, b"]),
    Case("who", "STRUCT", ['{"name": "Doe, J.", "age": 7}'], "Who", ['name: "Doe, J.", age: 7']),
    Case("names", "ARRAY", ['["Doe, J.", "Roe, R."]'], "Names", ['"Doe, J.", "Roe, R."']),
    Case("tags", "ARRAY", ['["a", "b, c", null, true]', "[]"], "Tags", ['a, "b, c", –, Yes', "[]"]),
    Case("at", "STRUCT", ['{"a":{"b":[1.10, "x"]},"a":2e400}'], "At", ['a: {"b": [1.10, "x"]}, a: 2e400']),
    Case("odd", "STRUCT", ["{not JSON,  at all", "[" * 900], "Odd", ["{not JSON, at all", "[" * 199 + "…"]),
    Case(
        "took",
        "INTERVAL",
        ["1 02:03:04.500000000", "-0 00:00:01.000000000", "0 00:00:00.000000000", "soon"],
        "Took",
        ["1 day 2 h 3 min 4.5 s", "-1 s", "0 s", "soon"],
        type_text="INTERVAL DAY TO SECOND",
    ),
    Case("age", "INTERVAL", ["2-1", "INTERVAL '0-3' YEAR TO MONTH"], "Age", ["2 years 1 month", "3 months"]),
    Case("file", "BINARY", ["SGVsbG8sIHdvcmxk", "AA==", "?"], "File", ["12 bytes", "1 byte", "?"]),
    Case("file", "BINARY", ["00ff00"], "File", ["3 bytes"]),
    Case("file", "BINARY", ["00FF00FF"], "File", ["binary data"]),
    # As the reader writes.
    Case("price", "DOUBLE", ["1234567.5", "2"], "Price", ["1.234.567,50", "2,00"], locale=GERMAN),
    Case("share", "DOUBLE", ["0.125"], "Share", ["12,5\u00a0%"], locale=GERMAN),
    Case("n", "LONG", ["1234567"], "N", ["1\u202f234\u202f567"], locale=locale_of("fr-FR")),
    Case("n", "DOUBLE", ["1234567.5"], "N", ["1’234’567.5"], locale=locale_of("de-CH")),
    Case("day", "DATE", ["2026-03-12"], "Day", ["Mar 12, 2026"], locale=AMERICAN),
    Case("at", "TIMESTAMP", ["2026-03-12T00:05:00"], "At", ["Mar 12, 2026, 12:05 am"], locale=AMERICAN),
    Case("day", "DATE", ["2026-03-12"], "Day", ["2026-03-12"], locale=JAPANESE),
    Case("month", "STRING", ["2026-03"], "Month", ["2026-03"], locale=JAPANESE),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {case.cells[0]}"[:40])
def test_a_column_has_one_form(case: Case) -> None:
    """Each case of the table above is one column of a result."""
    column = Column(case.name, case.type_name, case.type_text, scale=case.scale)
    # Twice: two rows at least, so that units stand in the header.
    table = Table((column,), tuple((cell,) for cell in case.cells * 2))
    shown = format_cells(table, read_result(table), case.locale)
    assert shown.headers == (case.header,)
    assert [row[0] for row in shown.rows] == case.texts * 2


@pytest.mark.parametrize(
    ("name", "locale", "header", "text"),
    [
        ("amount_usd", ANYWHERE, "Amount", "-$1,234.50"),
        ("amount_eur", GERMAN, "Amount", "-1.234,50\u00a0€"),
        ("amount_chf", ANYWHERE, "Amount", "-1,234.50\u00a0CHF"),
        ("weight_kg", ANYWHERE, "Weight", "-1,234.5\u00a0kg"),
        ("score", ANYWHERE, "Score", "-1,234.5"),
    ],
)
def test_a_single_row_has_its_units_beside_the_values(
    name: str, locale: Locale, header: str, text: str
) -> None:
    """A value that stands alone is read with its unit, and one that is missing has none."""
    table = Table((Column(name, "DOUBLE"),), (("-1234.5",),))
    shown = format_cells(table, read_result(table), locale)
    assert (shown.headers, shown.rows) == ((header,), ((text,),))
    nothing = Table(table.columns, ((None,),))
    assert format_cells(nothing, read_result(nothing), locale).rows == (("–",),)


def test_an_unknown_reader_gets_what_most_people_can_read() -> None:
    """A name that nobody knows, or none, is no error."""
    assert {locale_of(name) for name in ("", "xx-YY", "en-GB", "-", "es-LA")} == {ANYWHERE}
    assert locale_of("de_AT") == GERMAN
