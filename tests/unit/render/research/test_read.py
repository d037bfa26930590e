"""What Genie's agent mode sends, read into queries, thoughts and the report."""

from dataclasses import replace

import pytest

from genie.agent_model import Citation, Item, Prose, Reasoning, ResultPart, ToolCall, ToolOutput
from genie.model import Column
from render.research import read
from render.research.model import Excerpt, Step, StepStatus
from render.research.read import read_report, steps, thought

ROWS = "| region | orders |\n|---|---|\n| EMEA | 41 |\n| APAC | 9 |"
HUNDRED = "| n |\n|---|\n" + "| 1 |\n" * 100
ONE, TWO = "SELECT 1 FROM a", "SELECT 2 FROM b"


def call(number: int, sql: str, title: str = "", name: str = "execute_sql") -> ToolCall:
    """Call a tool."""
    return ToolCall(f"i{number}", f"c{number}", name, title, sql)


def gave(number: int, markdown: str, *, complete: bool = True) -> ToolOutput:
    """Give what a call gave."""
    return ToolOutput(f"o{number}", f"c{number}", f"Title {number}", markdown, complete)


def part(sql: str, total: int, *, available: bool = True) -> ResultPart:
    """Give a table of the report with one row."""
    return ResultPart("r", "| x |", sql, (Column("x"),), (("1",),), total, available)


def test_a_query_that_is_repeated_is_one() -> None:
    """Whatever its white space is; what it gave the first time stands until there is something newer."""
    items: tuple[Item, ...] = (
        call(1, ONE, "Orders"),
        gave(1, ROWS),
        call(2, TWO),
        gave(2, "", complete=False),
        call(3, "SELECT 1\n  FROM a;", "Orders again"),
        call(4, "", "Chart", name="generate_visualization"),
        call(5, ""),
    )
    assert steps(items) == (
        Step("Orders", StepStatus.DONE, 2),
        Step("", StepStatus.RUNNING),
        Step("", StepStatus.RUNNING),
    )


def test_rows_are_counted_as_far_as_that_is_known() -> None:
    """A tool gives a hundred rows at most; a table of the report knows them all."""
    items = (call(1, ONE), gave(1, HUNDRED), call(2, TWO), gave(2, HUNDRED), part(TWO, 5_000))
    assert steps(items) == (
        Step("Title 1", StepStatus.DONE, 100, more_rows=True),
        Step("Title 2", StepStatus.DONE, 5_000),
    )


def test_rows_are_counted_without_reading_their_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done at each edit, on the event loop: 40 queries with 100 rows took a second of it."""
    monkeypatch.delattr(read, "parted")
    after = f"{ROWS}\n\nand | more\n| - | - |\n| 1 | 2 |"
    items = (call(1, ONE), gave(1, after), call(2, TWO), gave(2, "a - b\n---\nx | y"))
    assert [each.rows for each in steps(items)] == [2, None]


def test_a_query_that_did_not_work_says_so() -> None:
    """Words that are no table are no rows either."""
    items = (call(1, ONE, "One"), gave(1, "Error: no such column"), call(2, TWO, "Two"), gave(2, "It ran."))
    assert steps(items) == (Step("One", StepStatus.FAILED), Step("Two", StepStatus.DONE))


def test_the_newest_thought_counts() -> None:
    """Without one there is nothing to say."""
    assert thought((Reasoning("1", "first"), call(1, ONE), Reasoning("2", "then"), call(2, TWO))) == "then"
    assert thought((call(1, ONE),)) == ""


def test_a_report_keeps_the_order_of_words_and_tables() -> None:
    """Without tables that follow as answers, and with those that the words leave out at its end, once."""
    items = (
        call(1, ONE, "Orders"),
        gave(1, ROWS),
        call(2, TWO, "Many"),
        gave(2, HUNDRED),
        call(3, "SELECT 3", "Below"),
        gave(3, ROWS),
        Prose("p1", f"Before\n\n{ROWS}\n\nBetween"),
        part(ONE, 7),
        part(" SELECT 3 ;", 2),
        Prose("p2", "After", (Citation("a", "https://a.example"), Citation("a", "https://a.example"))),
        Prose("p3", "The model broke.", role="system"),
    )
    passages, citations = read_report(items, {"SELECT  3"})
    told = [each.title or each.table.total_rows if isinstance(each, Excerpt) else each for each in passages]
    assert told == ["Before", 2, "Between", 7, "After", "Many"]
    last = passages[-1]
    assert isinstance(last, Excerpt)
    assert last.table.truncated
    assert [each.url for each in citations] == ["https://a.example"]


def test_what_a_query_gave_is_read_as_numbers_where_it_is() -> None:
    """Not codes with a zero before them, nor what is longer than a number; nothing stays nothing."""
    head = "| region | orders | zip | id |\n|---|---|---|---|\n"
    gives = head + "| EMEA | -41.5 | 01067 | 12345678901234567 |\n| | | 5 | 1 |"
    passages, _ = read_report((call(1, ONE), gave(1, gives)), ())
    [table] = [each.table for each in passages if isinstance(each, Excerpt)]
    assert [column.type_name for column in table.columns] == ["STRING", "DOUBLE", "STRING", "STRING"]
    assert table.rows[1] == (None, None, "5", "1")


def test_a_table_whose_rows_could_not_be_fetched_comes_from_the_query() -> None:
    """Genie's report may fail to read them again."""
    items = (call(1, ONE, "Orders"), gave(1, ROWS), Prose("p", "Words"), part(ONE, 7, available=False))
    passages, _ = read_report(items, ())
    assert [each.title for each in passages if isinstance(each, Excerpt)] == ["Orders"]


def test_a_table_without_rows_is_no_part_of_a_report() -> None:
    """It would be announced and show nothing; rows that only the query has are its table."""
    nothing = (call(1, ONE), gave(1, "| n |\n|---|"), replace(part(TWO, 0), rows=()))
    assert read_report(nothing, ())[0] == ()
    (excerpt,) = read_report((call(1, TWO), gave(1, ROWS), replace(part(TWO, 2), rows=())), ())[0]
    assert isinstance(excerpt, Excerpt)
    assert len(excerpt.table.rows) == 2
