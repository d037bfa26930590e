"""Questions that go on from those before them in the same conversation."""

from collections.abc import Iterator
from datetime import date

import pytest

from sandbox.databricks.language.analyst import Analyst, Context
from sandbox.databricks.language.intent import Clarification, Filter, Intent, Remark
from sandbox.databricks.language.resolve_intent import Resolution
from sandbox.databricks.warehouse.warehouse import Warehouse

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    warehouse = Warehouse(TODAY)
    yield warehouse
    warehouse.close()


def talk(*questions: str) -> tuple[Resolution, Context]:
    """Ask one after another; give what the last one means and the context after it."""
    analyst, context = Analyst(TODAY), Context()
    for question in questions:
        resolution = analyst.resolve(question, context)
        context = context.after(resolution)
    return resolution, context


def intent_of(*questions: str) -> Intent:
    resolution, _ = talk(*questions)
    assert isinstance(resolution, Intent)
    return resolution


def test_and_by_month_keeps_figure_and_filter() -> None:
    """`and by month?` asks for the same figure, with the same filters, by month instead."""
    intent = intent_of("revenue by region for Online", "and by month?")
    assert (intent.metrics, intent.dimensions) == (("revenue",), ("month",))
    assert intent.filters == (Filter("channel", ("Online",)),)


def test_and_before_a_whole_question_keeps_the_filters() -> None:
    """`and units by country` names all it needs, but `and` carries the filters over."""
    intent = intent_of("revenue by region for Online", "and units by country")
    assert (intent.metrics, intent.dimensions) == (("units",), ("country",))
    assert intent.filters == (Filter("channel", ("Online",)),)


def test_split_by_adds_a_dimension() -> None:
    """`split by` puts a dimension beside those there are."""
    assert intent_of("revenue by month", "split that by region").dimensions == ("month", "region")


def test_only_replaces_a_filter_of_the_same_column() -> None:
    """`only APAC` after `only EMEA` means APAC alone; filters of other columns stay."""
    intent = intent_of("revenue by month for Online", "only EMEA", "only APAC")
    assert intent.filters == (Filter("channel", ("Online",)), Filter("region", ("APAC",)))


def test_as_a_share_keeps_the_rest() -> None:
    """`as a share` shows the same figures as parts of their total."""
    intent = intent_of("units by category last quarter", "as a share")
    assert intent.share
    assert (intent.metrics, intent.dimensions) == (("units",), ("category",))
    assert intent.period is not None
    assert intent.period.label == "Q3 2026"


def test_top_three_cuts_the_answer() -> None:
    """`top 3` gives the first three of what was shown."""
    intent = intent_of("margin by product", "top 3")
    assert intent.top is not None
    assert (intent.top.count, intent.dimensions) == (3, ("product",))


def test_other_period_replaces_the_period() -> None:
    """`last year instead` changes the time and nothing else."""
    intent = intent_of("revenue by region this year", "last year instead")
    assert intent.period is not None
    assert (intent.period.label, intent.dimensions) == ("2025", ("region",))


@pytest.mark.parametrize("question", ["what about units?", "units", "and units"])
def test_other_figure_replaces_the_figure(question: str) -> None:
    """A figure alone asks for the same with that figure."""
    intent = intent_of("revenue by region this year", question)
    assert (intent.metrics, intent.dimensions) == (("units",), ("region",))


def test_compare_with_last_year_takes_the_same_days() -> None:
    """The running year is compared with the same days of the last one, not with all of it."""
    intent = intent_of("revenue by region", "compare with last year")
    assert intent.period is not None
    assert intent.baseline is not None
    assert (intent.period.end, intent.baseline.end) == (date(2026, 11, 23), date(2025, 11, 23))


def test_compare_with_last_year_keeps_a_shorter_period() -> None:
    """After a question about a quarter, `last year` is the same quarter a year ago."""
    intent = intent_of("revenue by region in Q3 2026", "compare with last year")
    assert intent.baseline is not None
    assert intent.baseline.label == "Q3 2025"


def test_whole_question_starts_afresh() -> None:
    """A question that stands on its own takes nothing over from the one before."""
    assert intent_of("revenue by region for Online in 2025", "units by category") == intent_of(
        "units by category"
    )


def test_reply_to_a_question_back_completes_the_question() -> None:
    """`revenue` as a reply to `which figure?` answers the question that was unclear."""
    asked_back, _ = talk("Who are our best customers?")
    assert isinstance(asked_back, Clarification)
    assert intent_of("Who are our best customers?", "revenue") == intent_of("best customers by revenue")


def test_reply_names_another_dimension() -> None:
    """`by region` as a reply to an unknown dimension keeps the figure that was asked for."""
    assert intent_of("revenue by weather", "by region") == intent_of("revenue by region")


def test_help_between_questions_does_not_lose_the_thread() -> None:
    """After help, the conversation goes on where it was."""
    resolution, _ = talk("revenue by region", "help")
    assert isinstance(resolution, Remark)
    assert intent_of("revenue by region", "help", "and by month?") == intent_of("revenue by month")


def test_nonsense_between_questions_does_not_lose_the_thread() -> None:
    """After a question that it did not understand, the conversation goes on where it was."""
    assert intent_of("revenue by region", "asdf qwer", "and by month?") == intent_of("revenue by month")


QUESTIONS = (
    ("total revenue by region",),
    ("total revenue by region", "and by month?"),
    ("Top 5 products by margin last quarter",),
    ("how many orders last month",),
    ("monthly revenue by region this year",),
    ("compare revenue this year with last year by region",),
    ("list the 50 latest orders",),
    ("margin % by product",),
    ("revenue by customer",),
    ("revenue share by channel",),
    ("average order value by country for EMEA",),
    ("units by category and channel",),
    ("total revenue last month",),
    ("revenue in Atlantis",),
    ("revenue in 2031",),
    ("customers with revenue over 200k",),
)


@pytest.mark.parametrize("questions", QUESTIONS, ids=" / ".join)
async def test_each_suggestion_is_understood_and_has_an_answer(
    questions: tuple[str, ...], warehouse: Warehouse
) -> None:
    """Each suggested question, asked next, is understood as another question, and rows answer it."""
    analyst = Analyst(TODAY)
    resolution, context = talk(*questions)
    assert isinstance(resolution, Intent)
    result = await warehouse.run(analyst.draft(resolution).sql)
    offered = analyst.suggestions(resolution, result)
    assert 2 <= len(offered) <= 3
    for question in offered:
        following = analyst.resolve(question, context)
        assert isinstance(following, Intent), question
        assert following != resolution, question
        assert (await warehouse.run(analyst.draft(following).sql)).rows, question


@pytest.mark.parametrize(
    "question", ["what is the weather today", "weather in Paris yesterday", "who won last year"]
)
def test_a_follow_up_of_which_a_word_is_known_is_not_understood(question: str) -> None:
    """A time alone makes no question of what is about something else."""
    resolution, context = talk("revenue by region", question)
    assert isinstance(resolution, Clarification)
    assert context.pending == intent_of("revenue by region")


@pytest.mark.parametrize(
    "question", ["last month", "and in 2025?", "how did we do last quarter", "what about today"]
)
def test_a_follow_up_may_be_no_more_than_a_time(question: str) -> None:
    """Common words beside it change nothing."""
    assert intent_of("revenue by region", question).period is not None
