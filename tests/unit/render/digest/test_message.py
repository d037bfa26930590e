"""A digest as people in Slack, spreadsheets and at a terminal read it."""

import csv
import io
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from render.digest.count import digest
from render.digest.csv_file import COLUMNS, digest_csv
from render.digest.message import message
from render.digest.model import BAD, GOOD, Digest, Entry, Fate
from render.digest.text import text
from render.text.limits import MESSAGE_WIRE
from render.words.operator import digest as words

MONDAY = 1_796_025_600_000
DAY = 86_400_000
SQL = "SELECT region, SUM(amount)\nFROM sales"


def entry(who: str = "ada", **fields: Any) -> Entry:
    known: dict[str, Any] = {"asked_at": MONDAY - DAY, "asker": who, "fate": Fate.ANSWERED}
    return Entry(**known | fields)


def week(*entries: Entry) -> Digest:
    return digest(entries, MONDAY - 7 * DAY, MONDAY)


FULL = week(
    entry(words="revenue by region?", same="r", link="https://x.slack.com/archives/C1/p1", seconds=95.0),
    entry("ben", words="Revenue by region", same="r", rating=BAD, reason="wrong year", confirmed=SQL),
    entry("ben", private=True, rating=BAD, seconds=4.0),
    entry(words="=HYPERLINK(1)", rating=GOOD, waited=130.0, space="Sales <!channel>"),
    entry(fate=Fate.UNANSWERED, cause="SQL_EXECUTION_EXCEPTION", why="Improve the space."),
)


def test_the_message_has_the_figures_and_what_is_worth_a_look() -> None:
    """Each list with its links, and the confirmed SQL below."""
    first = message(FULL).variants[0]
    shown = json.dumps(first.blocks)
    assert first.blocks[0]["text"]["text"] == "What was asked, 23 to 30 November 2026"
    assert "*5 questions* by 2 people: 4 answered, 1 without an answer." in shown
    assert "*Ratings:* 1 good, 2 bad." in shown
    assert "*Limit:* 1 question waited for its turn, 2 min 10 s in all." in shown
    for said in (
        *(words.UNANSWERED, words.BAD, words.SLOWEST, words.CANDIDATES),
        *("1 \\u00d7 Improve the space. ", "SQL_EXECUTION_EXCEPTION", "wrong year", "1 min 35 s: "),
        *("https://x.slack.com/archives/C1/p1", "asked by 2 people, rated bad once", "FROM sales"),
        words.PRIVATE,
    ):
        assert said in shown


def test_no_words_of_people_are_markup() -> None:
    """Questions and names are shown where Slack parses nothing."""
    markup = [
        block["text"]["text"] for block in message(FULL).variants[0].blocks if block["type"] == "section"
    ]
    assert not [said for said in markup if "HYPERLINK" in said or "channel" in said]


def test_a_slack_that_refuses_rich_text_gets_the_figures() -> None:
    """The last form holds nothing that could be refused."""
    assert [block["type"] for block in message(FULL).variants[-1].blocks] == ["header", "section", "context"]


def test_long_lists_are_cut_and_say_so() -> None:
    """The file has all of it."""
    found = week(*(entry(words=f"q{n}", rating=BAD) for n in range(13)))
    shown = json.dumps(message(found).variants[0].blocks)
    assert words.more(3) in shown


def test_long_words_and_sql_stay_within_slacks_limits() -> None:
    """However much somebody wrote, all lists and a query stand in one message; the others are in the file."""
    wrote: dict[str, Any] = {"words": "x" * 9_000, "reason": "y" * 9_000, "confirmed": "z" * 90_000}
    link = "https://company.slack.com/archives/C0123456789/p1796025600123450?thread_ts=1796025600.123456"
    long = [
        *(entry(f"{n}", same=f"{n}", rating=BAD, seconds=5.0, link=link, **wrote) for n in range(20)),
        *(entry(fate=Fate.UNANSWERED, cause=f"{'C' * 50}{n}", why="w" * 200) for n in range(20)),
    ]
    blocks = message(week(*long)).variants[0].blocks
    shown = json.dumps(blocks)
    assert len(shown) < MESSAGE_WIRE
    assert all(title in shown for title in (words.UNANSWERED, words.BAD, words.SLOWEST, words.CANDIDATES))
    assert "zzz" in shown


def test_the_file_has_every_question_and_runs_nothing() -> None:
    """One line each; what may not be read is empty."""
    rows = list(csv.DictReader(io.StringIO(digest_csv(FULL))))
    assert [*rows[0]] == [*COLUMNS]
    assert [row["question"] for row in rows] == [
        "revenue by region?",
        "Revenue by region",
        "",
        "'=HYPERLINK(1)",
        "",
    ]
    assert [row["rating"] for row in rows] == ["", "bad", "bad", "good", ""]
    assert [(row["benchmark"], row["confirmed_sql"]) for row in rows[:2]] == [("", ""), ("1", SQL)]
    assert rows[0]["asked_at"] == "2026-11-29T08:00:00+00:00"
    assert (rows[2]["private"], rows[4]["cause"], rows[3]["waited_seconds"]) == (
        "true",
        "SQL_EXECUTION_EXCEPTION",
        "130.0",
    )
    [file] = message(FULL).files
    assert file.content.decode("utf-8-sig") == digest_csv(FULL)


def test_a_terminal_gets_the_same_as_text() -> None:
    """Without markup, and a line for each."""
    said = text(FULL)
    assert "5 questions by 2 people: 4 answered, 1 without an answer." in said
    assert "- Revenue by region: wrong year" in said
    assert (
        "- Revenue by region: asked by 2 people, rated bad once; SELECT region, SUM(amount) FROM sales"
        in said
    )
    assert "*" not in said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.6, "1 min 0 s"), (75, "1 min 15 s"), (3_600, "1 h 0 min")]
)
def test_a_span_is_told_in_its_two_largest_units(seconds: float, said: str) -> None:
    """Seconds do not matter beside hours."""
    assert words.span(seconds) == said


def test_what_schedules_asked_is_said_in_a_sentence_of_its_own() -> None:
    """They are among the questions, and nobody typed them."""
    assert "1 of them was asked by a schedule." in text(week(entry(scheduled=True), entry()))
    said = text(week(entry(reused=True), entry(reused=True), entry()))
    assert "2 of them were answered with the answer to the same question." in said


def test_the_days_are_those_of_the_time_zone() -> None:
    """Monday at eight in Auckland is Sunday by UTC."""
    monday = MONDAY - 13 * 3_600_000
    auckland = digest([entry()], monday - 7 * DAY, monday, ZoneInfo("Pacific/Auckland"))
    for said in (text(auckland), str(message(auckland).variants[0].blocks[0])):
        assert "What was asked, 23 to 30 November 2026" in said
    assert words.title(MONDAY - 40 * DAY, MONDAY) == "What was asked, 21 October to 30 November 2026"


def test_a_quiet_week_is_told_in_one_line_each() -> None:
    """No list without an item."""
    assert text(week()).splitlines()[1:] == [
        "0 questions by 0 people: 0 answered, 0 without an answer.",
        "Ratings: 0 good, 0 bad.",
        "Limit: no question had to wait for its turn.",
    ]
