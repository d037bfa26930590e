"""What is shared, offered to begin with, or chosen from the chart menu, whatever it is made of."""

import pytest

from genie.model import Answer, Column, MessageRef, Query, Table, Visualization
from render import words
from render.answer import chart_menu
from render.answer.channel_summary import TAKEAWAY_WIRE, shared
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.answer.result import read
from render.blockkit.blocks import image
from render.blockkit.reply import Reply
from render.notices.help import STARTER, help_reply
from render.text.limits import BUTTON_TEXT, wire

REF = MessageRef("space", "conversation", "message")
WHOLE = Reply("what notifications say", ())
REGIONS = Table(
    (Column("region"), Column("total_revenue", "DECIMAL", "DECIMAL(18,2)", 18, 2)),
    (("EMEA", "41.5"), ("Americas", "38"), ("APAC", "9.25")),
)


@pytest.mark.parametrize("hostile", ["<!channel> <@U0ADA>", "<https://evil.example|bank>", "*a* `b` ~c~"])
def test_nothing_in_what_is_shared_can_ping_or_link(hostile: str) -> None:
    """Question and takeaway are only words."""
    told = str(shared(Answer(REF, texts=(hostile,)), WHOLE, "U0BEN", hostile, None).variants[0].blocks)
    assert "<@U0BEN> shared the answer to:" in told
    assert "<!channel>" not in told
    assert "<@U0ADA>" not in told
    assert "<https" not in told


def test_what_is_shared_stays_short_and_does_without_its_picture() -> None:
    """A long answer is cut to its gist, and a picture that Slack refuses is left out."""
    block = image("F1", "Bar chart")
    reply = shared(Answer(REF, texts=("long " * 2_000,)), WHOLE, "U0BEN", "question " * 500, block)
    with_picture, without = reply.variants
    assert block in with_picture.blocks
    assert block not in without.blocks
    assert wire(list(without.blocks)) < TAKEAWAY_WIRE + 1_200


def test_an_answer_without_words_is_shared_by_what_notifications_say() -> None:
    """Nobody shares an empty message."""
    [variant] = shared(Answer(REF, table=REGIONS), WHOLE, "U0BEN", "q", None).variants
    assert WHOLE.text in str(variant.blocks)


def test_an_answer_without_words_is_shared_by_what_its_picture_shows() -> None:
    """The title stands on the picture already."""
    silent = Answer(REF, query=Query("a", title="Regions"), table=REGIONS)
    [variant] = shared(silent, compose(AnswerContext(silent)), "U0BEN", "q", None).variants
    assert "Total revenue by region: highest 41.5 (EMEA), lowest 9.2 (APAC)." in str(variant.blocks)
    assert "Regions" not in str(variant.blocks)


def test_each_starter_is_a_button_of_its_own() -> None:
    """Slack refuses two buttons of one action id."""
    row = help_reply(["a" * BUTTON_TEXT, "b"]).variants[0].blocks[-1]["elements"]
    assert [each["action_id"] for each in row] == [f"{STARTER}:0", f"{STARTER}:1"]
    assert row[0]["text"]["text"] == "a" * BUTTON_TEXT


def test_what_cannot_be_drawn_falls_back_to_genies_own_chart() -> None:
    """A wish that a thread remembers may not fit the next answer."""
    answer = Answer(REF, table=REGIONS, visualization=Visualization("att", "Regions"))
    for wanted, own in (("line", False), ("bar", True), (chart_menu.GENIES, False)):
        shown = chart_menu.picture(AnswerContext(answer, wanted=wanted), read(REGIONS, "", wanted=wanted))
        assert shown
        assert (shown.visualization is None) is own


def test_the_menu_shows_what_was_chosen() -> None:
    """What is not offered here, such as a remembered wish, stands as the automatic choice."""
    result = read(REGIONS, "")
    answer = Answer(REF, table=REGIONS)
    for wanted, label in (("off", words.charts.LABELS["off"]), ("line", words.charts.AUTOMATIC)):
        made = chart_menu.menu(AnswerContext(answer, "T1.C1.1", wanted=wanted), result)
        assert made
        assert made["initial_option"]["text"]["text"] == label
        assert made["initial_option"] in made["options"]
