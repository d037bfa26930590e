"""Slack's guidance for what an app says, point by point, in every variant of many kinds of answers.

1. The answer is one message: the number or takeaway first, nothing said twice, the thumbs last.
2. Progress, errors and confirmations are elsewhere: `tests/stories`.
3. Provenance: the space, the time of the data in the reader's time zone, the SQL; a line that says AI.
4. Buttons: verbs in Title Case, no emoji, at most one primary, three beside the menu of the rest.
5. Destructive choices are confirmed, what opens elsewhere is a link.
6. The text outside of the blocks tells the answer with its key number, for screen readers and notifications.
7. Pictures have words that name type, axes, range and finding; tables a caption and a header row.
8. Headings are headings; nothing is told by colour or emoji alone, and nothing points "above" or "below".

https://docs.slack.dev/ai/agent-design
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from genie.model import Answer, Column, MessageRef, Query, Table
from render import words
from render.answer.compose import compose
from render.answer.context import AnswerContext, Audience
from render.blockkit.buttons import (
    FEEDBACK,
    SUGGESTION,
    ask_again,
    check_again,
    feedback_buttons,
    open_thread,
    start_fresh,
    take_back,
)
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.notices import feedback, forget_thread

REF = MessageRef("space", "conversation", "message")
NUMBER = Table((Column("total_revenue", "DECIMAL", scale=2),), (("41200345.10",),), total_rows=1)
ROWS = Table(
    (Column("region"), Column("total_revenue", "LONG")),
    (("EMEA", "41"), ("Americas", "38"), ("APAC", "9")),
    total_rows=3,
)
QUERY = Query("a", title="Revenue by region", description="Sums the amount per region.", sql="SELECT 1")
ANSWER = Answer(
    REF, texts=("EMEA led.",), query=QUERY, table=ROWS, suggestions=("And by month?",), read_at=1_795_340_420
)
ANSWERS = {
    "rows": ANSWER,
    "number": replace(ANSWER, table=NUMBER),
    "card": replace(ANSWER, table=replace(ROWS, rows=ROWS.rows[:1], total_rows=1)),
    "no rows": replace(ANSWER, table=replace(ROWS, rows=(), total_rows=0)),
    "rows not read": replace(ANSWER, table=None),
    "no text": replace(ANSWER, texts=()),
    "asks back": Answer(REF, clarification="Which year?"),
    "text": Answer(REF, texts=("I can tell you about sales.",)),
    "nothing": Answer(REF),
}
EMOJI = re.compile(r":[a-z_]+:|[\u2600-\u27bf\U0001f000-\U0001faff]")
SMALL = frozenset({"a", "an", "the", "of", "to", "as", "in", "this"})

everywhere = pytest.mark.parametrize("name", ANSWERS)


def shown(name: str) -> Reply:
    """Compose one of them, as it stands in a thread."""
    return compose(
        AnswerContext(ANSWERS[name], question="revenue?", space_title="Sales", question_id="T1.C1.1")
    )


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object inside."""
    if isinstance(value, dict):
        yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    ):
        yield from parts(inner)


def pressed(blocks: Any) -> list[dict[str, Any]]:
    """Return the buttons and the choices of menus that have words of ours."""
    found = [each for each in parts(blocks) if each.get("type") in {"button", "overflow"}]
    own = [each for each in found if not each["action_id"].startswith(SUGGESTION)]
    return [choice for each in own for choice in each.get("options", [each])]


@everywhere
def test_the_thumbs_are_last_and_the_source_is_before_them(name: str) -> None:
    """A variant that is native ends with the thumbs; each ends with the source apart from them."""
    for variant in shown(name).variants:
        *before, last = variant.blocks
        if last["type"] == "context_actions":
            assert [each["action_id"] for each in last["elements"]] == [FEEDBACK]
            last = before[-1]
        assert words.answer.AI_GENERATED in json.dumps(last)
        assert "context_actions" not in {block["type"] for block in before}
    assert [variant.blocks[-1]["type"] for variant in shown(name).variants[:2]] == ["context_actions"] * 2


@everywhere
def test_the_source_tells_space_time_and_that_an_ai_wrote_it(name: str) -> None:
    """One quiet line of ours; the time only where there is data."""
    line = json.dumps(shown(name).variants[0].blocks[-2], ensure_ascii=False)
    for part in ("Genie space: Sales", words.answer.AI_GENERATED, words.answer.POWERED_BY):
        assert line.count(part) == 1
    assert ("<!date^1795340420^" in line) == (ANSWERS[name].table is not None)
    assert ("SELECT 1" in json.dumps(shown(name).variants[0].blocks)) == (ANSWERS[name].query is not None)


SURFACES = {name: shown(name).variants[0].blocks for name in ANSWERS} | {
    "confirm": forget_thread.confirmation_modal("{}"),
    "reason": feedback.reason_modal("[]", reviewed=True),
    "thanks": feedback.result_modal("Thank you."),
    "review": feedback.review("Ada", "revenue?", "wrong", "https://x.slack.com/p1").variants[0].blocks,
    "trouble": text_reply("Try again.", ask_again("q"), check_again("q"), start_fresh("q"))
    .variants[0]
    .blocks,
    "confirmation": text_reply("Thank you.", take_back("q"), open_thread("https://x")).variants[0].blocks,
}


@pytest.mark.parametrize("surface", SURFACES)
def test_buttons_say_what_they_do(surface: str) -> None:
    """Title Case, short enough for every client, without emoji; at most one is primary."""
    for each in pressed(SURFACES[surface]):
        text = each["text"]["text"]
        first, *others = text.split()
        assert first[0].isupper(), text
        assert all(word[0].isupper() or word in SMALL for word in others), text
        assert len(text) <= 30
        assert not EMOJI.search(text)
    found = [each for each in parts(SURFACES[surface]) if each.get("style") == "primary"]
    assert len(found) <= 1


@pytest.mark.parametrize("experts", [False, True])
@pytest.mark.parametrize("audience", Audience)
@everywhere
def test_few_buttons_and_the_rest_in_the_menu(name: str, audience: Audience, *, experts: bool) -> None:
    """At most three stand beside the menus, of which one is last; no two blocks have the same action."""
    reply = compose(
        AnswerContext(
            ANSWERS[name], question="revenue?", question_id="T1.C1.1", audience=audience, experts=experts
        )
    )
    blocks = reply.variants[0].blocks
    row = [block for block in blocks if block["type"] == "actions"][-1]["elements"]
    assert [each["type"] for each in row].count("button") <= 3
    assert row[-1]["type"] == "overflow"
    assert all(1 <= len(each["options"]) <= 5 for each in row if each["type"] == "overflow")
    actions = [each["action_id"] for each in parts(blocks) if "action_id" in each]
    assert len(set(actions)) == len(actions)


def test_thumbs_say_what_they_mean() -> None:
    """A screen reader hears more than "thumb", and each thumb brings back whose answer it is about."""
    made = feedback_buttons("T1.C1.1")
    for side, value in (("positive_button", "POSITIVE:T1.C1.1"), ("negative_button", "NEGATIVE:T1.C1.1")):
        assert made[side]["value"] == value
        assert made[side]["accessibility_label"]
        assert not EMOJI.search(made[side]["text"]["text"])


@everywhere
def test_the_text_outside_tells_the_answer(name: str) -> None:
    """It begins with what matters most and holds no markup; a number comes before everything else."""
    text = shown(name).text
    begins = {
        "number": "41,200,345.1", "no rows": "EMEA led.", "no text": "Total revenue by region: highest",
        "asks back": "Which year?", "text": "I can tell", "nothing": words.answer.NO_ANSWER,
    }  # fmt: skip
    assert text.startswith(begins.get(name, "EMEA led."))
    assert not re.search(r"[*`]", text)


@everywhere
def test_nothing_is_said_twice(name: str) -> None:
    """No two paragraphs, lines or headings of a message say the same, in any variant."""
    for variant in shown(name).variants:
        said = [
            element["text"].strip("*")
            for block in variant.blocks
            if block["type"] in {"section", "header", "context"}
            for element in ([block["text"]] if "text" in block else block.get("elements", []))
            if isinstance(element.get("text"), str)
        ]
        assert len(set(said)) == len(said)
        assert not [(a, b) for a in said for b in said if a != b and len(a) > 12 and a in b]


def test_tables_and_pictures_are_told_in_words() -> None:
    """A table has a caption and a row of names; a picture says type, axes, range and what stands out."""
    reply = shown("rows")
    [table] = [block for block in reply.variants[0].blocks if block["type"] == "data_table"]
    assert table["caption"]
    assert [cell["text"] for cell in table["rows"][0]] == ["Region", "Total revenue"]
    assert table.get("row_header_column_index", 0) == 0
    assert reply.picture
    for part in ("Bar chart", "Total revenue", "region", "41", "9", "EMEA", "APAC"):
        assert part.lower() in reply.picture.alt_text.lower()


@everywhere
def test_headings_are_plain_and_nothing_points_elsewhere(name: str) -> None:
    """No emoji anywhere in our words, and no "see above" for who hears one block at a time."""
    blocks = shown(name).variants[0].blocks
    for each in parts(blocks):
        if isinstance(each.get("text"), str):
            assert not EMOJI.search(each["text"])
            assert not re.search(r"\b(above|below)\b", each["text"])
