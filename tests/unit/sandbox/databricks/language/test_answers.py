"""What the sandbox's Genie says: summaries of rows, remarks, and questions back."""

from collections.abc import Iterator
from datetime import date

import pytest

from sandbox.databricks.language.analyst import Analyst, Context
from sandbox.databricks.language.intent import Clarification, Intent, Remark
from sandbox.databricks.warehouse.warehouse import Result, Warehouse
from sandbox.environment import STARTERS

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    warehouse = Warehouse(TODAY)
    yield warehouse
    warehouse.close()


async def ask(question: str, warehouse: Warehouse) -> tuple[str, Result, str]:
    """Give the SQL, the rows and the summary of a question on its own."""
    analyst = Analyst(TODAY)
    resolution = analyst.resolve(question, Context())
    assert isinstance(resolution, Intent)
    sql = analyst.draft(resolution).sql
    result = await warehouse.run(sql)
    return sql, result, analyst.summary(resolution, result)


@pytest.mark.parametrize("question", STARTERS)
async def test_a_starter_of_the_demo_is_answered(question: str, warehouse: Warehouse) -> None:
    """What newcomers are offered first brings rows."""
    _, result, _ = await ask(question, warehouse)
    assert len(result.rows) > 1


async def test_summary_quotes_the_rows(warehouse: Warehouse) -> None:
    """The sentence of an answer names the leader, its figure and its share, as the rows have them."""
    _, result, summary = await ask("total revenue by region", warehouse)
    leader, figure = result.rows[0]
    total = sum(float(row[1] or 0) for row in result.rows)
    share = f"{100 * float(figure or 0) / total:.0f}% of the total"
    assert summary.startswith(
        f"**{leader}** leads with revenue of **{float(figure or 0) / 1e6:.2f}M**, {share}"
    )


@pytest.mark.parametrize("question", ["revenue by region as a share", "share of revenue by month this year"])
async def test_summary_names_the_share(question: str, warehouse: Warehouse) -> None:
    """Who asks for shares is told the largest and the smallest, in percent, as the rows have them."""
    _, result, summary = await ask(question, warehouse)
    shares = sorted(float(row[-1] or 0) for row in result.rows)
    assert f" leads with **{shares[-1]:.1f}%** of revenue" in summary
    assert summary.endswith(f" is last with {shares[0]:.1f}%.")


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Top 5 products by margin last quarter", "**Laptop** leads with margin of **"),
        ("units by channel", "** units, "),
        ("worst 3 categories by units", "is lowest with"),
        ("how many orders last month", "**1,022** orders in October 2026."),
        (
            "compare revenue this year with last year by region",
            "Revenue, 2026 against 2025: **LATAM** did best",
        ),
        ("revenue this year compared with last year", "Revenue, 2026 against 2025: **"),
        ("monthly revenue this year compared with last year", "**January** did best"),
        ("monthly revenue by region this year", "Over the whole time **EMEA** leads"),
        ("monthly margin % by region this year", "4 lines of margin % over time"),
        ("list the 50 latest orders", "**50** orders, worth"),
        ("margin % for Laptop by product", "**Laptop**: margin % **16.7%**"),
        ("monthly revenue in November 2026", "** (Nov 2026) so far."),
        ("monthly revenue in October 2026", "Revenue was **1.10M** (Oct 2026)."),
        ("revenue and units last month", "Revenue was **1.10M** and **"),
    ],
)
async def test_summary_fits_the_question(question: str, part: str, warehouse: Warehouse) -> None:
    """Rankings, comparisons, courses, listings and single figures are each told in their own words."""
    _, _, summary = await ask(question, warehouse)
    assert part in summary


async def test_running_month_is_not_taken_for_a_fall(warehouse: Warehouse) -> None:
    """A course of months is judged by whole months, and the sentence says that the last one is not over."""
    _, result, summary = await ask("monthly revenue this year", warehouse)
    assert result.rows[-1][0] == "2026-11-01"
    assert "(Oct 2026)" in summary
    assert summary.endswith("Nov 2026 is not complete yet.")


async def test_place_that_is_not_in_the_data_gives_no_rows(warehouse: Warehouse) -> None:
    """A filter by an unknown place runs and finds nothing, and the answer says so."""
    sql, result, summary = await ask("revenue in Atlantis", warehouse)
    assert "`country` = 'Atlantis'" in sql
    assert result.rows == ()
    assert summary.startswith("No orders match")


async def test_total_of_a_future_year_is_null(warehouse: Warehouse) -> None:
    """A total over no orders is one NULL cell, as SQL has it, and the answer says that there is nothing."""
    _, result, summary = await ask("revenue in 2031", warehouse)
    assert result.rows == ((None,),)
    assert summary == "There is no revenue in 2031: no orders match."


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("revenue last month", "And by week?"),
        ("revenue last quarter", "And by month?"),
        ("revenue", "And by month?"),
        ("revenue yesterday", None),
        ("revenue last month compared with last year", None),
    ],
)
async def test_offered_steps_of_time_make_a_course(
    question: str, offered: str | None, warehouse: Warehouse
) -> None:
    """What is offered next cuts the period into several rows: a month into weeks, a day into nothing."""
    analyst = Analyst(TODAY)
    resolution = analyst.resolve(question, Context())
    assert isinstance(resolution, Intent)
    _, result, _ = await ask(question, warehouse)
    steps = [
        offer
        for offer in analyst.suggestions(resolution, result)
        if offer in {"And by month?", "And by week?"}
    ]
    assert steps == ([offered] if offered else [])
    for step in steps:
        finer = analyst.resolve(step, Context(resolution))
        assert isinstance(finer, Intent)
        assert len((await warehouse.run(analyst.draft(finer).sql)).rows) > 2


async def test_listing_with_all_columns_is_wide(warehouse: Warehouse) -> None:
    """Orders with all columns come with every column of the table."""
    _, result, _ = await ask("list the latest orders with all columns", warehouse)
    assert len(result.columns) == 14
    assert len(result.rows) == 100


async def test_apostrophe_in_a_name_stays_inside_its_quotes(warehouse: Warehouse) -> None:
    """A name with an apostrophe is a value in the SQL and nothing else."""
    sql, result, _ = await ask("revenue in O'Hara", warehouse)
    assert "= 'O''Hara'" in sql
    assert result.rows == ()


@pytest.mark.parametrize(
    "question", ["help", "What can you do?", "Which data do you have?", "are you an AI?"]
)
def test_help_says_openly_what_this_is(question: str) -> None:
    """Asked what it can do, Genie says in words that it is a sandbox and no AI, and what it knows."""
    resolution = Analyst(TODAY).resolve(question, Context())
    assert isinstance(resolution, Remark)
    assert "sandbox" in resolution.text
    assert "not an AI" in resolution.text


def test_asked_for_a_meaning_it_defines_the_figure() -> None:
    """A question for the meaning of a figure is answered in words alone."""
    resolution = Analyst(TODAY).resolve("What does margin mean?", Context())
    assert resolution == Remark("**Margin** is the revenue minus its cost, in US dollars.")


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Who are our best customers?", "revenue, units, margin or orders?"),
        ("by region please", "revenue, units, margin or orders?"),
        ("revenue by weather", "nothing called “weather”"),
        ("asdf qwer", "did not understand"),
        ("?!", "did not understand"),
    ],
)
def test_what_it_does_not_understand_it_asks_back(question: str, part: str) -> None:
    """An unclear question is answered by a question."""
    resolution = Analyst(TODAY).resolve(question, Context())
    assert isinstance(resolution, Clarification)
    assert part in resolution.question
