"""What stands about an answer: its picture, how it came about, and what to do with its conversation."""

from dataclasses import replace

import pytest

from genie.model import Answer, Column, MessageRef, Query, Table, Thought, Visualization
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.chart.model import OFF

REF = MessageRef("space", "conversation", "message")
COLUMNS = (Column("region"), Column("total_revenue", "DECIMAL", "DECIMAL(18,2)", 18, 2))
ROWS = (("EMEA", "41.5"), ("Americas", "38"), ("APAC", "9.25"))
QUERY = Query("a", title="Revenue by region", sql="SELECT 1")
ANSWER = Answer(REF, texts=("EMEA led.",), query=QUERY, table=Table(COLUMNS, ROWS, total_rows=3))


def test_an_answer_ends_with_what_to_do_about_it() -> None:
    """One row of things to press, the source, and last the thumbs, where the layout has new blocks."""
    reply = compose(AnswerContext(ANSWER, question_id="T1.C1.1"))
    assert [block["type"] for block in reply.variants[0].blocks[-3:]] == [
        "actions",
        "context",
        "context_actions",
    ]
    assert [block["type"] for block in reply.variants[1].blocks[-3:]] == [
        "actions",
        "context",
        "context_actions",
    ]
    assert [block["type"] for block in reply.variants[2].blocks[-2:]] == ["actions", "context"]
    assert {block["type"] for block in reply.variants[3].blocks} == {"section"}
    for variant in reply.variants[:3]:
        row = next(block for block in reversed(variant.blocks) if block["type"] == "actions")
        assert [each["action_id"] for each in row["elements"]] == [
            *("insights", "dig_deeper", "how", "more", "chart:T1.C1.1", "more:thread"),
        ]


def test_the_source_tells_when_the_data_was_read() -> None:
    """The reader's client shows the moment in its own time zone; without rows there is no such moment."""
    read = replace(ANSWER, read_at=1795340420.11)
    date = "<!date^1795340420^{date_short_pretty} at {time}|2026-11-22 09:40 UTC>"
    shown = f"Genie space: R&amp;D · Data read {date}"
    for answer, space in ((read, shown), (replace(read, table=None), "Genie space: R&amp;D")):
        text = compose(AnswerContext(answer, space_title="R&D")).variants[0].blocks[-1]["elements"][0]["text"]
        assert text == f"{space} · AI-generated, check before you decide · Powered by Genie"


@pytest.mark.parametrize(
    ("answer", "offered"),
    [
        (Answer(REF, texts=("Hello.",)), ["more"]),
        (Answer(REF, texts=("Hello.",), query=Query("a")), ["dig_deeper", "more"]),
        (
            Answer(REF, query=Query("a", thoughts=(Thought("STEPS", "x"),))),
            ["dig_deeper", "how", "more"],
        ),
    ],
)
def test_how_is_offered_when_there_is_something_to_tell(answer: Answer, offered: list[str]) -> None:
    """An answer in words alone has only its menus."""
    row = compose(AnswerContext(answer, question_id="q")).variants[0].blocks[-3]
    assert [each["action_id"] for each in row["elements"]] == offered


def test_nobody_digs_where_agent_mode_is_off_or_genie_asks_back() -> None:
    """The button would lead to a refusal, or away from Genie's own question."""
    for context in (
        AnswerContext(ANSWER, question_id="q", may_research=False),
        AnswerContext(replace(ANSWER, clarification="Which year?"), question_id="q"),
    ):
        assert "dig_deeper" not in str(compose(context).variants[0].blocks)


def test_genies_chart_goes_before_ours() -> None:
    """It is named as Genie names it, and told by its values, since nobody knows how Genie drew it."""
    genies = Visualization("v1", "Revenue, *by* region")
    picture = compose(AnswerContext(replace(ANSWER, visualization=genies))).picture
    assert picture is not None
    assert (picture.title, picture.visualization) == ("Revenue, *by* region", "v1")
    assert picture.chart == choose_chart_of(ANSWER)
    assert picture.alt_text == (
        "Chart by Genie: Revenue, *by* region. Total revenue by region, "
        "3 values from EMEA to APAC. Highest 41.5 (EMEA), lowest 9.25 (APAC)."
    )


def choose_chart_of(answer: Answer) -> object:
    """Return the chart that we would draw ourselves."""
    picture = compose(AnswerContext(answer)).picture
    return picture and picture.chart


def test_genies_chart_is_shown_where_we_would_draw_none() -> None:
    """Rows that we cannot draw, or none at all, may have a chart of Genie's."""
    for table in (None, Table(COLUMNS, ROWS[:1])):
        picture = compose(
            AnswerContext(replace(ANSWER, table=table, visualization=Visualization("v1")))
        ).picture
        assert picture is not None
        assert (picture.chart, picture.alt_text) == (None, "Chart by Genie: Revenue by region")


def test_a_title_alone_is_not_said_before_what_says_the_same() -> None:
    """Genie gave no words: a number has its name below, and no rows are told in our words."""
    named = replace(QUERY, title="Total revenue")
    one = Table((Column("total_revenue", "LONG"),), (("41",),))
    for answer in (Answer(REF, query=named, table=one), Answer(REF, query=QUERY, table=Table(COLUMNS, ()))):
        sections = [
            block for block in compose(AnswerContext(answer)).variants[0].blocks if block["type"] == "section"
        ]
        assert answer.query
        assert answer.query.title not in [block["text"]["text"] for block in sections]
    assert (
        QUERY.title
        in compose(AnswerContext(Answer(REF, query=QUERY, table=one))).variants[0].blocks[2]["text"]["text"]
    )


def test_where_genie_says_nothing_the_picture_is_told() -> None:
    """The finding stands first, in the message and outside it, with the query's title on the chart alone."""
    silent = replace(ANSWER, texts=())
    found = "Total revenue by region: highest 41.5 (EMEA), lowest 9.2 (APAC)."
    reply = compose(AnswerContext(silent))
    assert reply.variants[0].blocks[0]["text"]["text"] == found
    assert reply.text.startswith(found)
    assert reply.picture is not None
    assert reply.picture.title == "Revenue by region"
    without = compose(AnswerContext(silent, wanted=OFF))
    assert without.variants[0].blocks[0]["text"]["text"] == "Revenue by region"


def test_a_finding_is_only_text() -> None:
    """It is made of cells, which no client may read as markup."""
    rows = (("<!channel> *all*", "41.5"), ("<@U1>", "9.25"))
    reply = compose(AnswerContext(replace(ANSWER, texts=(), table=Table(COLUMNS, rows, total_rows=2))))
    first = reply.variants[0].blocks[0]["text"]["text"]
    assert "<" not in first
    assert "*all*" not in first


def test_how_genie_read_a_question_is_not_lost_behind_a_finding() -> None:
    """A description that stood first, where there is no title, keeps its own line."""
    query = replace(QUERY, title="", description="Sums orders.")
    told = compose(AnswerContext(replace(ANSWER, texts=(), query=query))).variants[0].blocks
    assert told[1]["elements"][0]["text"] == "How I read it: Sums orders."
