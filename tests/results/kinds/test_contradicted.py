"""Names that the query contradicts: words of our own say what is measured, the table keeps its name."""

import pytest

from tests.results.kinds.result import Result, counted, spoken

CITIES = ("Berlin", "Paris", "Rome", "Madrid", "Oslo")
BY_CITY = "SELECT city, {} AS {} FROM s GROUP BY city"
OTHERWISE = [
    ("total_price", "AVG(p)", "Total price (average)"),
    ("sum_days", "AVG(DATEDIFF(a, b))", "Sum days (average)"),
    ("total_basket", "MEDIAN(b)", "Total basket (median or percentile)"),
    ("total_wait", "SUM(w) / COUNT(*)", "Total wait (ratio)"),
    ("gesamtpreis_gesamt", "AVG(preis)", "Gesamtpreis gesamt (average)"),
    ("total_amount_eur", "AVG(total_amount)", "Total amount (average, EUR)"),
    ("avg_basket", "SUM(amount)", "Avg basket (sum)"),
    ("average_orders", "COUNT(DISTINCT id)", "Average orders (count of different ones)"),
]
ALIKE = [
    ("total_price", "SUM(p)"),
    ("avg_total_price", "AVG(p)"),
    ("price", "AVG(p)"),
    ("avg_price", "SUM(p) / SUM(q)"),
    ("share_of_total", "SUM(p) / SUM(q)"),
    ("total_users", "COUNT(DISTINCT u)"),
    ("wait_min", "AVG(w)"),
    ("total_price", "MAX(total_price)"),
    ("avg_daily_units", "SUM(CASE WHEN kind = 1 THEN avg_daily_units END)"),
]


@pytest.mark.parametrize(("name", "made", "called"), OTHERWISE)
def test_what_the_query_makes_is_said_beside_a_name_that_hides_it(name: str, made: str, called: str) -> None:
    """Charts, sentences, Stats and the prompt say it; nobody reads of a total that is none."""
    sql = BY_CITY.format(made, name)
    (said,) = Result(f"city STRING, {name} DOUBLE", counted(CITIES), sql, only_with_sql=True).say()
    assert said.unasked is not None
    assert said.unasked.y_title == called.replace(", EUR", "")
    assert said.figures is not None
    assert [measure.name for measure in said.figures.measures] == [called]
    assert called.partition(" (")[2].rstrip(")").partition(",")[0] in said.prompt
    plain = called.partition(" (")[0]
    assert f"{plain} by" not in spoken(said)
    assert f"{plain} (" in spoken(said)


@pytest.mark.parametrize(("name", "made"), ALIKE)
def test_a_name_that_may_be_right_stays_alone(name: str, made: str) -> None:
    """In doubt nothing is added."""
    sql = BY_CITY.format(made, name)
    (said,) = Result(f"city STRING, {name} DOUBLE", counted(CITIES), sql, only_with_sql=True).say()
    assert said.unasked is not None
    assert "(" not in said.unasked.y_title


def test_the_table_keeps_the_name_of_the_column() -> None:
    """Who compares the answer with the query finds the column in it."""
    sql = "SELECT city, AVG(p) AS total_price FROM s GROUP BY city"
    (said,) = Result("city STRING, total_price DOUBLE", counted(CITIES), sql, only_with_sql=True).say()
    assert '"text": "Total price"' in said.reply
