"""What experts and others see of each other's words: all of them are data."""

import json
from dataclasses import replace

import pytest

from genie.model import Answer, MessageRef, Query
from render import words
from render.answer.compose import compose
from render.answer.confirmed import SIMILAR
from render.answer.context import AnswerContext
from render.blockkit.buttons import ASK_EXPERT
from render.expert.card import CONFIRM, ON_CARD, card
from render.expert.listing import DELETE, Entry, listing
from render.expert.modals import correct_modal
from render.expert.model import Card, Confirmation, ReviewState
from render.expert.told import told
from render.text.limits import MESSAGE_WIRE
from tests.hostile import SHORT

CARD = Card(
    question_id="T1.C1.1", question="Revenue?", sender="Ada", sql="SELECT 1", link="https://x.example/1"
)
ANSWER = Answer(MessageRef("s", "c", "m"), texts=("Up.",), query=Query("a", sql="SELECT region FROM t"))
CONFIRMED = Confirmation(by="Ben <@U1>", at=1_795_000_000_000, sql="SELECT 2", same=False)


def mrkdwn(blocks: object) -> str:
    """Return all that Slack parses in blocks."""
    if isinstance(blocks, dict):
        if blocks.get("type") == "mrkdwn":
            return str(blocks["text"])
        return "".join(map(mrkdwn, blocks.values()))
    return "".join(map(mrkdwn, blocks)) if isinstance(blocks, list | tuple) else ""


@pytest.mark.parametrize("text", SHORT)
def test_a_hostile_card_pings_nobody_and_fits(text: str) -> None:
    """Whatever a question, its SQL, a name or a correction hold, nothing of it is parsed."""
    long = (text * 9_000)[:9_000] or text
    shown = replace(CARD, question=long, sender=text, reading=long, sql=long, words=long, corrected_sql=long)
    decided = replace(shown, state=ReviewState.CORRECTED, expert=text, at=1)
    reply = told(ReviewState.CORRECTED, text, asker="UADA", sender="UBEN", question=long, said=long, sql=long)
    for each in (card(shown), card(decided), reply):
        [variant] = each.variants
        assert len(json.dumps(variant.blocks)) < MESSAGE_WIRE
        parsed = mrkdwn(variant.blocks).replace("<@UADA> <@UBEN>", "").replace("<!date", "")
        assert not [sign for sign in ("<@", "<!", "<#", "<http") if sign in parsed]


@pytest.mark.parametrize("state", ReviewState)
def test_a_decided_card_has_no_more_buttons(state: ReviewState) -> None:
    """Only the link is left."""
    shown = json.dumps(card(replace(CARD, state=state, expert="Ben", at=1)).variants[0].blocks)
    assert [action in shown for action in ON_CARD] == [not state.is_final] * len(ON_CARD)
    assert "https://x.example/1" in shown


def test_the_list_of_what_is_confirmed_fits_into_a_message() -> None:
    """However long its questions are; those that do not fit are counted."""
    for text in ("revenue by region last year", "é" * 900):
        entries = [Entry(id=f"{at:016}", question=text, space=text, by=text, at=at) for at in range(30)]
        [variant] = listing(entries).variants
        shown = json.dumps(variant.blocks)
        listed = shown.count(DELETE)
        assert len(shown) < MESSAGE_WIRE
        assert listed > 5
        assert words.experts.and_more(30 - listed) in json.loads(shown)[-1]["elements"][0]["text"]


def test_a_failure_cannot_be_confirmed() -> None:
    """There is nothing to confirm, and the card says why there is no answer."""
    shown = json.dumps(card(replace(CARD, sql="", cause="blocked")).variants[0].blocks)
    assert (CONFIRM in shown, words.experts.no_answer("blocked") in shown) == (False, True)


def test_a_long_query_is_not_offered_cut() -> None:
    """A part of it would be sent as all of it."""
    sql, words_only = correct_modal("about", "SELECT 1, " * 400)["blocks"]
    assert "initial_value" not in sql["element"]
    assert sql["optional"] is words_only["optional"] is True


@pytest.mark.parametrize(
    ("same", "line"),
    [(True, "this is the confirmed SQL"), (False, "other SQL than this"), (None, "SQL below")],
)
def test_an_answer_says_what_an_expert_confirmed(same: bool | None, line: str) -> None:  # noqa: FBT001
    """In every layout: who, whether Genie's SQL is the same and, if it is not, the confirmed one."""
    context = AnswerContext(ANSWER, "q", experts=True, confirmation=replace(CONFIRMED, same=same))
    for variant in compose(context).variants:
        shown = json.dumps(variant.blocks)
        assert line in shown
        assert "Ben &lt;@U1&gt;" in shown
        assert ("SELECT 2" in shown) is (same is not True)
    assert (ASK_EXPERT in json.dumps(compose(context).variants[0].blocks)) is (same is not True)


def test_a_similar_question_is_offered_and_never_asked_silently() -> None:
    """As a button or, where there are none, in words."""
    variants = compose(AnswerContext(ANSWER, "q", similar="Revenue by region?")).variants
    buttons = [json.dumps(each.blocks).count(f"{SIMILAR}:0") for each in variants]
    assert buttons == [1, 1, 1, 0]
    assert all("Revenue by region?" in json.dumps(each.blocks) for each in variants)
    assert ASK_EXPERT not in json.dumps(variants[0].blocks)
