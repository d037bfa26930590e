"""Periods of time in plain words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.databricks.language import periods
from sandbox.databricks.language.analyst import Analyst, Context
from sandbox.databricks.language.vocabulary import DIMENSIONS, METRICS, VALUES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("today", date(2026, 11, 22), date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 22)),
        ("this week", date(2026, 11, 16), date(2026, 11, 23)),
        ("last month", date(2026, 10, 1), date(2026, 11, 1)),
        ("last quarter", date(2026, 7, 1), date(2026, 10, 1)),
        ("next year", date(2027, 1, 1), date(2028, 1, 1)),
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("q1 2025", date(2025, 1, 1), date(2025, 4, 1)),
        ("q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("the second quarter", date(2026, 4, 1), date(2026, 7, 1)),
        ("march 2025", date(2025, 3, 1), date(2025, 4, 1)),
        ("december", date(2025, 12, 1), date(2026, 1, 1)),
        ("in may", date(2026, 5, 1), date(2026, 6, 1)),
        ("ytd", date(2026, 1, 1), date(2026, 11, 23)),
        ("last 30 days", date(2026, 10, 24), date(2026, 11, 23)),
        ("the past three months", date(2026, 8, 1), date(2026, 11, 1)),
        ("since 2025", date(2025, 1, 1), date(2026, 11, 23)),
        ("from march to june 2025", date(2025, 3, 1), date(2025, 7, 1)),
        ("between 2025-01-15 and 2025-02-15", date(2025, 1, 15), date(2025, 2, 16)),
        ("from 1 january 2025 to 31 december 2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_words_name_days(words: str, start: date, end: date) -> None:
    """A period in words is the days that a person would take it for."""
    (period,), rest = periods.find(f"revenue {words}", TODAY)
    assert (period.start, period.end) == (start, end)
    assert words not in rest


@pytest.mark.parametrize("words", ["revenue by month", "monthly revenue per year", "who may see it", "top 5"])
def test_other_words_name_no_days(words: str) -> None:
    """Words that only look like a time are none."""
    assert periods.find(words, TODAY) == ((), words)


def test_days_that_are_a_whole_month_are_called_so() -> None:
    """The first and the last day of a month, as Genie's own words name them, are that month."""
    (period,), _ = periods.find("from 1 march 2025 to 31 march 2025", TODAY)
    assert (period.label, period.grain) == ("March 2025", "month")


def test_leap_day_has_a_year_before() -> None:
    """The day a year before 29 February is the 28th."""
    assert periods.of_grain("day", date(2024, 2, 29)).year_before().start == date(2023, 2, 28)


_WORDS = [
    *(word for metric in METRICS.values() for word in metric.words),
    *(word for dimension in DIMENSIONS.values() for word in dimension.words),
    *list(VALUES)[::15],
    *("by", "and", "only", "top", "5", "worst", "latest", "last", "this", "next", "2025", "q3", "vs"),
    *("with", "share", "of", "over", "10000", "list", "not", "in", "for", "from", "to", "between"),
    *("since", "march", "30", "growth", "how many", "what about", "instead", "also", "split", "?", "'"),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(_WORDS) | st.text(max_size=8), max_size=8), min_size=1, max_size=4))
def test_no_conversation_breaks_the_grammar(questions: list[list[str]]) -> None:
    """Whatever words come in whatever order, Genie has some answer to them and can word its query."""
    analyst, context = Analyst(TODAY), Context()
    for words in questions:
        resolution = analyst.resolve(" ".join(words), context)
        context = context.after(resolution)
        if context.answered:
            assert analyst.draft(context.answered).sql.startswith("SELECT")
