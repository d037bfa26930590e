"""The unit of a column, or none where its name leaves a doubt."""

import pytest

from render.columns.kinds import Kind
from render.columns.units import titled

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
    ("Price (net)", "Price (net)", ""),
    ("sum(price)", "Sum(price)", ""),
    ("", "Unnamed", ""),
    ("(USD)", "(USD)", ""),
]


@pytest.mark.parametrize(("name", "rest", "unit"), NAMES)
def test_a_unit_is_taken_only_where_there_is_no_doubt(name: str, rest: str, unit: str) -> None:
    """Each row of the table above is one name of a column of amounts."""
    found = titled(name, Kind.MEASURE)
    assert (found.name, found.unit) == (rest, unit)
    assert found.heading == (f"{rest} ({unit})" if unit else rest)


def test_only_amounts_have_units() -> None:
    """A category that ends like a unit is a category."""
    assert titled("market_usd", Kind.CATEGORY).unit == ""
