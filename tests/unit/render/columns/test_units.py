"""The unit of a column, or none where its name leaves a doubt."""

import pytest

from genie.model import Column, Table
from render.answer.cells import format_cells
from render.chart.choose import chart_and_choices
from render.columns.kinds import Kind
from render.columns.read import read_result
from render.columns.units import NO_UNIT, Dimension, titled
from render.insights.prompt import prompt
from render.sql.read import read_query
from render.stats.compute import compute
from render.stats.sentences import paragraphs
from render.text.locales import ANYWHERE

# name, name without its unit, unit
NAMES = [
    ("amount_usd", "Amount", "USD"),
    ("total_amount_0_eur", "Total amount 0", "EUR"),
    ("revenueEUR", "Revenue", "EUR"),
    ("Price (CHF)", "Price", "CHF"),
    ("Price [$]", "Price", "USD"),
    ("Net revenue (€)", "Net revenue", "EUR"),
    ("weight_kg", "Weight", "kg"),
    ("Weight (kg)", "Weight", "kg"),
    ("area_sqm", "Area", "m²"),
    ("area_ha", "Area", "ha"),
    ("harvested_t", "Harvested", "t"),
    ("Harvest (t)", "Harvest", "t"),
    ("Travel time (min)", "Travel time", "min"),
    ("Disk (GB)", "Disk", "GB"),
    ("lead_time_in_days", "Lead time", "days"),
    ("response_time_s", "Response time", "s"),
    ("disk_size_gb", "Disk size", "GB"),
    ("temperature_c", "Temperature", "°C"),
    ("Room temp F", "Room temp", "°F"),
    ("margin_pct", "Margin %", ""),
    ("Share percentage", "Share %", ""),
    # Doubts.
    ("vitamin_c", "Vitamin c", ""),
    ("percent", "Percent", ""),
    ("usd_revenue", "Revenue", "USD"),
    ("total_eur_amount", "Total amount", "EUR"),
    ("amount_euros", "Amount", "EUR"),
    ("Umsatz €", "Umsatz", "EUR"),
    ("Revenue in $", "Revenue", "USD"),
    ("Revenue (in USD)", "Revenue", "USD"),
    # Doubts.
    ("cad_files", "Cad files", ""),
    ("usd_eur_amount", "USD EUR amount", ""),
    ("usd_amount_per_day", "USD amount per day", ""),
    ("Umsatz k€", "Umsatz k€", ""),
    ("usd", "USD", ""),
    ("exchange_rate_usd", "Exchange rate USD", ""),
    ("eur_usd", "EUR USD", ""),
    ("count_usd", "Count USD", ""),
    ("price_min", "Price min", ""),
    ("active_days", "Active days", ""),
    ("sales_gb", "Sales gb", ""),
    ("umsatz_kw", "Umsatz kw", ""),
    ("duration_sek", "Duration sek", ""),
    ("revenue_mm", "Revenue mm", ""),
    ("first_try", "First try", ""),
    ("price_per_kg", "Price per kg", ""),
    ("spent_t", "Spent t", ""),
    ("tonnes_per_hectare", "Tonnes per hectare", ""),
    ("Price (t€)", "Price (t€)", ""),
    ("Price (net)", "Price (net)", ""),
    ("sum(price)", "Sum(price)", ""),
    ("", "Unnamed", ""),
    ("(USD)", "(USD)", ""),
]


@pytest.mark.parametrize(("name", "rest", "unit"), NAMES)
def test_a_unit_is_taken_only_where_there_is_no_doubt(name: str, rest: str, unit: str) -> None:
    """Each row of the table above is one name of a column of amounts."""
    found = titled(name, Kind.MEASURE)
    assert (found.name, found.unit.name) == (rest, unit)
    assert found.heading == (f"{rest} ({unit})" if unit else rest)


SAID = [
    ("used_bytes", "Used bytes", "bytes"),
    ("bytes", "Bytes", "bytes"),
    ("tonnes_shipped", "Tonnes shipped", "tonnes"),
    ("hectares", "Hectares", "hectares"),
    ("total_miles", "Total miles", "miles"),
]


@pytest.mark.parametrize(("name", "heading", "unit"), SAID)
def test_a_name_that_says_its_unit_in_full_does_not_say_it_twice(name: str, heading: str, unit: str) -> None:
    """Tonnes shipped are no Tonnes shipped (tonnes)."""
    found = titled(name, Kind.MEASURE)
    assert (found.heading, found.unit.name) == (heading, unit)


QUERIES = [
    ("AVG(DATEDIFF(HOUR, opened, closed)) AS resolution", "Resolution (h)", Dimension.DURATION),
    ("AVG(DATEDIFF(closed, opened)) AS age_of_case", "Age of case (days)", Dimension.DURATION),
    ("AVG((unix_timestamp(b) - unix_timestamp(a)) / 60) AS wait", "Wait (min)", Dimension.DURATION),
    ("SUM(TIMESTAMPDIFF(SECOND, a, b)) / 3600 AS worked", "Worked (h)", Dimension.DURATION),
    ("MAX(latency_ms) / 1000 AS slowest", "Slowest (s)", Dimension.DURATION),
    ("MEDIAN(latency_ms) AS typical", "Typical (ms)", Dimension.DURATION),
    ("SUM(disk_size_mb) / 1024 AS stored", "Stored (GB)", Dimension.BYTES),
    ("SUM(bytes_sent) AS traffic", "Traffic (bytes)", Dimension.BYTES),
    ("SUM(amount_eur) AS revenue", "Revenue (EUR)", Dimension.CURRENCY),
    ("ROUND(AVG(price_usd), 2) AS paid", "Paid (USD)", Dimension.CURRENCY),
    ("SUM(CASE WHEN ok THEN amount_eur END) AS sold", "Sold (EUR)", Dimension.CURRENCY),
    ("SUM(d) / SUM(e) AS margin", "Margin", Dimension.FRACTION),
    # Doubts.
    ("SUM(amount_usd) / 1000 AS revenue", "Revenue", Dimension.CURRENCY),
    ("SUM(amount_usd * rate) AS revenue", "Revenue", Dimension.CURRENCY),
    ("SUM(amount_usd * 0.92) AS revenue_eur", "Revenue (EUR)", Dimension.CURRENCY),
    ("COUNT(amount_usd) AS payments_made", "Payments made", Dimension.NONE),
    ("SUM(talk_seconds) AS talk_seconds", "Talk seconds", Dimension.DURATION),
    ("SUM(disk_size_mb) * 7 AS stored", "Stored", Dimension.BYTES),
    ("AVG(DATEDIFF(a, b) / 7) AS age_now", "Age now", Dimension.DURATION),
]


@pytest.mark.parametrize(("made", "heading", "dimension"), QUERIES)
def test_the_query_knows_units_that_no_name_tells(made: str, heading: str, dimension: Dimension) -> None:
    """Between which moments, of which column, divided by what; in doubt it stays without."""
    name = made.rpartition(" ")[2]
    table = Table((Column("team"), Column(name, "DOUBLE")), (("a", "0.51"), ("b", "0.72"), ("c", "0.34")))
    query = read_query(f"SELECT team, {made} FROM t GROUP BY team")  # noqa: S608 (nothing runs it)
    read = read_result(table, query).columns[1]
    assert (read.titled.heading, read.unit.dimension) == (heading, dimension)


def test_all_who_tell_of_a_column_have_its_unit_from_one_reading() -> None:
    """Table, chart, Stats and the prompt know from the query what the name does not say."""
    sql = "SELECT team, SUM(amount_eur) AS earned, AVG(latency_ms) AS typical FROM t GROUP BY team"
    names = (Column("team"), Column("earned", "DOUBLE"), Column("typical", "DOUBLE"))
    table = Table(names, tuple((name, f"{at}1.5", f"{at}2") for at, name in enumerate("abcd", 3)))
    reading = read_result(table, read_query(sql))
    assert format_cells(table, reading).headers == ("Team", "Earned (EUR)", "Typical (ms)")
    chart, _ = chart_and_choices(table, reading, "")
    assert chart is not None
    assert (chart.sign, chart.y_title) == ("€", "Earned")
    assert "Typical (ms)" in chart.note
    figures = compute(table, reading)
    assert figures is not None
    assert [each.name for each in figures.measures] == ["Earned (EUR)", "Typical (ms)"]
    told = prompt("?", "", paragraphs(figures), table, reading, ANYWHERE)[1].content
    assert '"unit":"EUR"' in told
    assert '"unit":"ms"' in told


def test_only_amounts_have_units() -> None:
    """A category that ends like a unit is a category."""
    assert titled("market_usd", Kind.CATEGORY).unit == NO_UNIT
