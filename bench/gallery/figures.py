"""Invented figures that look like a company's: the same ones on every run."""

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta

REGIONS = ("EMEA", "Americas", "APAC", "LATAM")
CHANNELS = ("Online shop", "Partners", "Retail", "Marketplace")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTRIES = (
    "United States",
    "Germany",
    "United Kingdom",
    "France",
    "Japan",
    "Canada",
    "Netherlands",
    "Brazil",
    "Spain",
    "Italy",
    "Australia",
    "Sweden",
    "Switzerland",
    "Mexico",
    "Belgium",
    "Austria",
    "Poland",
    "India",
    "Norway",
    "Denmark",
    "Ireland",
    "Finland",
    "Portugal",
    "Czechia",
    "Chile",
    "Singapore",
    "South Korea",
    "New Zealand",
    "Greece",
    "Hungary",
    "Colombia",
    "Argentina",
    "South Africa",
    "Romania",
    "Turkey",
    "Israel",
    "Thailand",
    "Bosnia and Herzegovina",
    "Trinidad and Tobago",
    "Luxembourg",
)


def chance(seed: int) -> random.Random:
    """Return a source of figures that gives the same ones on every run."""
    return random.Random(seed)  # noqa: S311 - invented figures


def months(first: date, count: int) -> list[date]:
    """Return the first days of so many months."""
    start = first.year * 12 + first.month - 1
    return [date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count)]


def days(first: date, count: int, step: int = 1) -> list[date]:
    """Return so many days, `step` days apart."""
    return [first + timedelta(n * step) for n in range(count)]


def growing(seed: int, count: int, start: float, growth: float, season: float = 0.0) -> Iterator[float]:
    """Give a row of figures with growth, a season of twelve, and some noise."""
    lots = chance(seed)
    for n in range(count):
        wave = 1 + season * math.sin((n - 3) / 12 * 2 * math.pi)
        yield round(start * (1 + growth) ** n * wave * lots.uniform(0.95, 1.05), 2)
