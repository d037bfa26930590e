"""Laws of a composed answer: whatever Genie says, Slack takes it, nobody is pinged, and nothing is hidden."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock
from slackblocks import DataTableBlock, RawNumber, RawText

from genie.model import Answer, Column, MessageRef, Parameter, Query, Table, Thought, Visualization
from render.answer import compose, image
from render.reply import Block, Reply, Rung
from sandbox.slack.blocks_check import BlockRules, check_message
from tests import hostile

pytestmark = pytest.mark.property

TYPES = [
    "STRING",
    "LONG",
    "INT",
    "DECIMAL",
    "DOUBLE",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
    "STRUCT",
    "ARRAY",
    "NEW",
    "",
]
ASKER = "U0123ABCD"
OURS = re.compile(
    rf"^Asked by <@{ASKER}>$"
    r"|(^| · )Data read <!date\^\d+\^{date_short_pretty} at {time}\|[\d :-]+ UTC> · AI-generated"
)
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)

texts = st.one_of(
    st.sampled_from(hostile.SHORT),
    st.text(max_size=40),
    st.text(alphabet="*_~`<>!@#|[]()&\\-. ab\n\ud800\u202e", max_size=60),
)
cells = st.one_of(st.none(), texts, st.integers().map(str), st.floats().map(str), st.dates().map(str))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table: generated rows are repeated, so that large ones cost little to make."""
    width = draw(st.one_of(st.integers(0, 4), st.integers(5, 30)))
    columns = [
        Column(draw(texts), draw(st.sampled_from(TYPES)), scale=draw(st.sampled_from([None, 0, 2])))
        for _ in range(width)
    ]
    pattern = draw(st.lists(st.tuples(*[cells] * width), max_size=3))
    rows = pattern * draw(st.sampled_from([1, 1, 2, 7, 100]))
    total = draw(st.sampled_from([None, 0, len(rows), len(rows) + 5, 5000]))
    return Table(tuple(columns), tuple(rows), total, truncated=draw(st.booleans()))


queries = st.builds(
    Query,
    attachment_id=st.just("a"),
    title=texts,
    description=texts,
    sql=texts,
    parameters=st.lists(st.builds(Parameter, texts, texts, texts), max_size=2).map(tuple),
    thoughts=st.lists(st.builds(Thought, st.just("THOUGHT_TYPE_UNDERSTANDING"), texts), max_size=2).map(
        tuple
    ),
)
answers = st.builds(
    Answer,
    ref=st.just(MessageRef("s", "c", "m")),
    texts=st.lists(texts, max_size=3).map(tuple),
    clarification=st.one_of(st.none(), texts),
    query=st.one_of(st.none(), queries),
    table=st.one_of(st.none(), tables()),
    visualization=st.one_of(st.none(), st.builds(Visualization, st.just("v"), texts)),
    suggestions=st.lists(texts, max_size=6).map(tuple),
    read_at=st.one_of(st.none(), st.floats()),
)
law = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def reply_to(answer: Answer, said: str) -> Reply:
    return compose(answer, asked_by=ASKER, question=said, note=said, space_title=said, question_id="k" * 40)


def strings(value: Any) -> Iterator[str]:
    """Every string of a block, keys left aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def objects(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every object of one type inside a block."""
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from objects(inner, kind)


def check_limits(rung: Rung) -> None:
    """Fail on anything that the limits of Block Kit do not allow; the numbers stand here a second time."""
    assert len(rung.blocks) < 50
    assert len(json.dumps(rung.blocks)) < 11_500
    assert 0 <= rung.chart_at <= len(rung.blocks)
    for kind in ("plain_text", "mrkdwn", "raw_text", "raw_number", "text"):
        assert all(1 <= len(found["text"]) <= 3000 for found in objects(rung.blocks, kind))
    for button in objects(rung.blocks, "button"):
        assert len(button["text"]["text"]) <= 75
        assert 1 <= len(button["value"]) <= 2000
    assert len(list(objects(rung.blocks, "table"))) + len(list(objects(rung.blocks, "data_table"))) <= 1
    for block in rung.blocks:
        check_block(block)


def check_block(block: Block) -> None:
    match block["type"]:
        case "header":
            assert len(block["text"]["text"]) <= 150
        case "context" | "section" if "fields" in block or "elements" in block:
            assert 1 <= len(block.get("fields") or block["elements"]) <= 10
        case "actions":
            assert 1 <= len(block["elements"]) <= 25
            assert len({button["action_id"] for button in block["elements"]}) == len(block["elements"])
        case "container":
            assert 1 <= len(block["child_blocks"]) <= 10
        case "table" | "data_table":
            most = 100 if block["type"] == "table" else 101
            assert 2 <= len(block["rows"]) <= most
            assert {len(row) for row in block["rows"]} <= set(range(1, 21))
            assert len({len(row) for row in block["rows"]}) == 1
            size = sum(len(cell["text"]) for row in block["rows"] for cell in row)
            assert size <= (10_000 if block["type"] == "table" else 20_000)


@law
@given(answers, texts)
def test_every_rung_keeps_to_every_limit(answer: Answer, said: str) -> None:
    """Whatever the answer, each rung satisfies Slack's limits, with room for its picture."""
    reply = reply_to(answer, said)
    assert len(reply.rungs) == 4
    assert 1 <= len(reply.text) <= 3000
    for rung in reply.rungs:
        check_limits(rung)
        for drawn in (reply.picture, reply.picture and reply.picture.chart):
            picture = [image("F0123456789", drawn.alt_text)] if drawn else []
            assert len(json.dumps([*rung.blocks, *picture])) < 11_500
    assert {block["type"] for block in reply.rungs[-1].blocks} == {"section"}
    assert all(file.content and file.name and file.title for file in reply.files)


@law
@given(answers, texts)
def test_nothing_pings_or_links_but_the_asker(answer: Answer, said: str) -> None:
    """No mrkdwn is live except our "Asked by" and the time of reading, and nothing unseen gets through."""
    reply = reply_to(answer, said)
    shown = [found["text"] for rung in reply.rungs for found in objects(rung.blocks, "mrkdwn")]
    for text in [reply.text, *(OURS.sub("", text) for text in shown)]:
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text)
    for text in strings([rung.blocks for rung in reply.rungs]):
        assert not UNSEEN.search(text)
    mrkdwn = [found for rung in reply.rungs for found in objects(rung.blocks, "mrkdwn")]
    assert all(found["verbatim"] for found in mrkdwn)


@law
@given(answers)
def test_the_line_below_the_rows_tells_the_truth(answer: Answer) -> None:
    """The rows that are counted are the rows that are there, and what is missing is in the CSV."""
    reply = compose(answer)
    table = answer.table
    if table is None or not table.columns or len(table.rows) < 2:
        return
    csv = next((file for file in reply.files if file.name.endswith(".csv")), None)
    total = max(table.total_rows or 0, len(table.rows))
    for rung in reply.rungs:
        line = next(
            text
            for text in strings(rung.blocks)
            if re.search(r"^(Showing the first )?[\d,]+ .*rows?\.", text)
        )
        native = [*objects(rung.blocks, "data_table"), *objects(rung.blocks, "table")]
        said = re.match(r"Showing the first ([\d,]+) of ([\d,]+) rows\.|([\d,]+) rows\.", line)
        assert said
        shown = int((said[1] or said[3]).replace(",", ""))
        assert int((said[2] or said[3]).replace(",", "")) == total
        if native:
            assert shown == len(native[0]["rows"]) - 1
        assert ("Genie cut the result" in line) == table.truncated
        if shown < len(table.rows) or "Columns not shown" in line:
            assert csv is not None


@law
@given(answers, texts)
def test_models_of_others_accept_the_blocks(answer: Answer, said: str) -> None:
    """The local Slack accepts every rung, slack_sdk every block it knows, slackblocks the data tables."""
    reply = reply_to(answer, said)
    for rung in reply.rungs:
        check_message(list(rung.blocks), None, BlockRules())
    for block in (block for rung in reply.rungs for block in rung.blocks):
        if block["type"] == "data_table":
            rows = [
                [
                    RawText(c["text"]) if c["type"] == "raw_text" else RawNumber(c["value"], c["text"])
                    for c in row
                ]
                for row in block["rows"]
            ]
            DataTableBlock(rows, block["caption"], page_size=block["page_size"])
        else:
            parsed = SlackBlock.parse(block)
            assert parsed is not None
            parsed.validate_json()
