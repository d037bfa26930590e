"""The report of a run: prose, tables, links and what is said of that which does not fit."""

import json
from dataclasses import replace

import pytest

from genie.model import Column, Table
from render import words
from render.answer.actions import PUBLISH, SHARE
from render.answer.context import Audience
from render.blockkit.buttons import START_FRESH, start_fresh
from render.blockkit.reply import Reply
from render.research.model import Citation, Excerpt, NamedResult, ReportView, RunEnd
from render.research.passages import parted
from render.research.report import report
from render.text.limits import OVERFLOW_OPTIONS
from tests.shown import objects

VIEW = ReportView(
    question_id="T1.C1.1",
    question="Why did revenue fall?",
    passages=("# Revenue\nIt fell **by 12 %** in March.",),
    queries=5,
    seconds=80,
    space_title="Sales",
    asked_as=words.readers.AS_BOT,
    genie_url="https://dbc.example/genie/rooms/s/chats/c",
)
TABLE = Table((Column("region"), Column("orders", "LONG")), (("EMEA", "41"), ("APAC", "9")), total_rows=2)


def shown(reply: Reply, variant: int = 0) -> str:
    """Return the words of a variant."""
    blocks = list(reply.variants[variant].blocks)
    texts = [part["text"] for part in objects(blocks) if isinstance(part.get("text"), str)]
    return "\n".join(texts)


def test_a_report_says_what_it_found_and_what_it_took() -> None:
    """Prose first; below it where it comes from, with rights, queries and time."""
    reply = report(VIEW)
    assert shown(reply).startswith("*Revenue*\nIt fell *by 12 %* in March.")
    line = "5 queries in about 1 min 20 s · Genie space: Sales · Asked as Genie bot · AI-generated"
    assert line in shown(reply)
    assert reply.text.startswith("Revenue\nIt fell by 12 % in March.")
    assert reply.files == ()
    assert {block["type"] for block in reply.variants[-1].blocks} == {"section"}


def test_tables_in_the_prose_keep_their_place_and_only_one_is_slacks_own() -> None:
    """A message takes one; the others are aligned text."""
    table = "| region | orders |\n|---|---:|\n| EMEA | 41 |\n| APAC | 9 |"
    passages = tuple(parted(f"Before\n\n{table}\n\nBetween\n\n{table}\n\nAfter"))
    reply = report(replace(VIEW, passages=passages))
    kinds = [block["type"] for block in reply.variants[0].blocks][:5]
    assert kinds == ["section", "data_table", "section", "rich_text", "section"]
    assert reply.files == ()


def test_a_table_has_the_room_that_nothing_else_needs() -> None:
    """A year of months is whole where the message has room, and in part where more than that follows."""
    rows = tuple((f"2025-{month:02}-01", f"{month}2345.67", f"{month}00") for month in range(1, 13))
    columns = (Column("month", "DATE"), Column("revenue", "DOUBLE"), Column("orders", "LONG"))
    year = Excerpt("Revenue and orders by month", Table(columns, rows, total_rows=12))
    whole = report(replace(VIEW, passages=(year,)))
    assert ("Dec" in shown(whole), whole.files) == (True, ())
    full = report(replace(VIEW, passages=(year, "word " * 1_700)))
    assert words.research.first_rows(11, 12) in shown(full)
    assert [len(each) for each in (full.files, full.variants)] == [1, 4]


def test_a_table_of_which_genie_sent_a_part_says_so() -> None:
    """It is not told, nor drawn, as if it were all."""
    part = replace(TABLE, total_rows=1_204)
    reply = report(replace(VIEW, passages=(Excerpt("Orders by region", part),)))
    for variant in range(len(reply.variants)):
        assert "The first 2 of 1,204 rows." in shown(reply, variant)
    unknown = replace(TABLE, total_rows=None, truncated=True)
    reply = report(replace(VIEW, passages=(Excerpt("Orders by region", unknown),)))
    assert "The first 2 rows; there may be more." in shown(reply)
    assert reply.picture is None


def test_prose_that_does_not_fit_is_in_a_file() -> None:
    """The message says so; the file has every word, every row and the sources."""
    long = tuple(f"Paragraph {number}: " + "word " * 300 for number in range(20))
    view = replace(
        VIEW,
        passages=(*long, Excerpt("Orders", TABLE)),
        citations=(Citation("Handbook", "https://docs.example/p"),),
    )
    reply = report(view)
    [file] = reply.files
    text = file.content.decode()
    assert all(f"Paragraph {number}:" in text for number in range(20))
    assert "| EMEA | 41 |" in text
    assert "https://docs.example/p" in text
    for number in range(len(reply.variants)):
        assert file.completes(number)
        assert words.answer.TEXT_IN_FILE in shown(reply, number)
    lost = report(replace(view, missing=frozenset({"md"})))
    assert words.answer.TEXT_NOT_SENT in shown(lost)


def test_results_that_follow_are_named_with_their_rows() -> None:
    """Those for which there is no room are named, too, with the way to them."""
    view = replace(
        VIEW,
        results=(NamedResult("Revenue by *quarter*", 4), NamedResult("Orders", 5_000, more_rows=True)),
        not_shown=("Returns by month",),
    )
    said = shown(report(view))
    assert "1. Revenue by quarter · 4 rows\n2. Orders · 5,000 rows or more" in said
    assert f"{words.research.NOT_BELOW}\n• Returns by month" in said
    assert "open_genie" in str(report(view).variants[0].blocks)


@pytest.mark.parametrize(
    ("citation", "text", "url"),
    [
        (("Handbook", "https://docs.example/p"), "Handbook (docs.example)", "https://docs.example/p"),
        (("docs.example", "http://docs.example/"), "docs.example", "http://docs.example/"),
        (("", "https://docs.example/p"), "docs.example", "https://docs.example/p"),
        (("bank.com", "https://evil.example/"), "bank.com (evil.example)", "https://evil.example/"),
        (("bank.com", "https://bank.co/"), "bank.com (bank.co)", "https://bank.co/"),
        (("ybank.co", "https://bank.co/"), "ybank.co (bank.co)", "https://bank.co/"),
        (("bank.co.example", "https://bank.co/"), "bank.co.example (bank.co)", "https://bank.co/"),
        (("bank.com/bank.co", "https://bank.co/"), "bank.com/bank.co (bank.co)", "https://bank.co/"),
        (("https://bank.co/a, p. 2", "https://bank.co/"), "https://bank.co/a, p. 2", "https://bank.co/"),
        (("Table", "sales.gold.orders"), "Table", None),
        (("Click", "javascript:alert(1)"), "Click", None),
        (("Click", "https://bank.com@evil.example/"), "Click", None),
        (("Click", "https://evil.example/|bank.com>"), "Click", None),
    ],
)
def test_a_citation_leads_where_it_says(citation: tuple[str, str], text: str, url: str | None) -> None:
    """Only addresses of the web are links, and the host is in sight; anything else is its title alone."""
    reply = report(replace(VIEW, citations=(Citation(*citation),)))
    links = [(part["text"], part["url"]) for part in objects(list(reply.variants[0].blocks), "link")]
    assert links == ([(text, url)] if url else [])
    assert text in shown(reply)
    assert (f"<{url}|{text}>" in shown(reply, -1)) is bool(url)


@pytest.mark.parametrize(
    ("end", "head"),
    [
        (RunEnd.STOPPED, f"Stopped after 5 queries.\n{words.research.FAILED_WITH}"),
        (RunEnd.FAILED, f"It broke. Try again.\n{words.research.FAILED_WITH}"),
        (RunEnd.INCOMPLETE, f"It broke. Try again.\n{words.research.INCOMPLETE}"),
        (RunEnd.OVERDUE, f"It broke. Try again.\n{words.research.OVERDUE_WITH}"),
    ],
)
def test_a_run_that_did_not_end_well_shows_what_it_has(end: RunEnd, head: str) -> None:
    """The end comes first, in words, then what there is."""
    reply = report(replace(VIEW, end=end, why="It broke. Try again."))
    assert shown(reply).startswith(f"{head}\n*Revenue*")
    assert reply.text.startswith(head.partition("\n")[0])


def test_another_try_is_offered_where_it_may_help() -> None:
    """The button that may help stands below why a run failed."""
    view = replace(VIEW, end=RunEnd.FAILED, why="It broke.", passages=())
    assert START_FRESH in str(report(replace(view, again=start_fresh("T1.C1.1"))).variants[0].blocks)
    assert START_FRESH not in str(report(view).variants[0].blocks)


def test_a_run_without_anything_says_so_and_cannot_be_rated() -> None:
    """Stopped before the first query, or ended without a word."""
    stopped = report(ReportView(question_id="q", end=RunEnd.STOPPED))
    assert shown(stopped).startswith("Stopped before the first query.")
    empty = report(ReportView(question_id="q"))
    assert shown(empty).startswith(words.research.NO_REPORT)
    assert "feedback" not in str([reply.variants[0].blocks for reply in (stopped, empty)])


@pytest.mark.parametrize(
    ("view", "button", "choice"),
    [
        (VIEW, False, True),
        (replace(VIEW, audience=Audience.ASKER), True, False),
        (replace(VIEW, audience=Audience.PERSON), False, False),
        (replace(VIEW, end=RunEnd.FAILED, why="It broke."), False, False),
        (replace(VIEW, audience=Audience.ASKER, passages=()), False, False),
    ],
    ids=["in a channel", "private", "asked directly", "failed", "without words"],
)
def test_a_whole_report_can_be_shared(view: ReportView, *, button: bool, choice: bool) -> None:
    """From the menu where its thread is in a channel; a private one by a button, beside *Dismiss*."""
    made = list(report(view).variants[0].blocks)
    [menu] = objects(made, "overflow")
    assert (f'"{PUBLISH}"' in json.dumps(made), f'"{SHARE}:' in json.dumps(menu)) == (button, choice)
    assert ("Dismiss" in str(menu)) is (view.audience is Audience.ASKER)
    assert len(menu["options"]) <= OVERFLOW_OPTIONS
