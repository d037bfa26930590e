"""Every kind of message and screen that we send, before those who know Slack's blocks without us."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.failures import causes, failure_reply
from bot.failures.message_error_causes import MESSAGE_CAUSES
from genie import errors
from genie.model import (
    Answer,
    Column,
    MessageError,
    MessageRef,
    Parameter,
    Query,
    Rating,
    Table,
    Visualization,
)
from render.answer import channel_summary
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.blockkit.blocks import image
from render.blockkit.reply import Reply
from render.blockkit.text_reply import under
from render.explain import view
from render.explain.model import Source
from render.notices import feedback, forget_thread, progress
from render.notices.help import help_reply
from sandbox.slack.blocks.check import BlockRules, check_message, view_faults
from tests.accepted import refusals
from tests.laws.render.slack_sizes import faults
from tests.shown import alive, strings
from tests.unit.bot.failures.every_cause import OTHERS

ASKER, LINK = "U0ADA00001", "https://dbc.example/genie/rooms/s/chats/c"
REF = MessageRef("s", "c", "m")
READY = BlockRules(file_ready=lambda _: True)
QUERY = Query("a", "Revenue by region", "Sums revenue.", "SELECT region, sum(r) FROM a.b.c GROUP BY region")
VERIFIED = Query("a", "Revenue", "Sums revenue.", "SELECT 1", parameters=(Parameter("year", "INT", "2025"),))
REGIONS = (("EMEA", "41200345.1"), ("Americas", "39874411"), ("APAC", None))
NAMES = (Column("region"), Column("revenue", "DECIMAL", scale=2))
TEXT = ("**EMEA** leads.",)
NEXT = ("And by month?", "Which products?")


def grown(rows: int, width: int) -> Table:
    columns = tuple(Column(f"metric_{at}", "DOUBLE") for at in range(width))
    return Table(columns, tuple(tuple(str(row * at) for at in range(width)) for row in range(rows)), rows)


ANSWERS = {
    "nothing": Answer(REF),
    "words": Answer(REF, TEXT, suggestions=NEXT),
    "long words": Answer(REF, ("word " * 5_000,)),
    "a question back": Answer(REF, clarification="Which year?"),
    "no rows": Answer(REF, query=QUERY, table=Table(NAMES, ())),
    "rows that cannot be read": Answer(REF, TEXT, query=QUERY),
    "one number": Answer(REF, TEXT, query=QUERY, table=Table((Column("n", "LONG"),), (("12874",),))),
    "one row": Answer(REF, TEXT, query=QUERY, table=Table(NAMES, REGIONS[:1])),
    "a table": Answer(REF, TEXT, query=QUERY, table=Table(NAMES, REGIONS), suggestions=NEXT),
    "a trusted answer": Answer(REF, TEXT, query=VERIFIED, table=Table(NAMES, REGIONS)),
    "Genie's chart": Answer(
        REF, TEXT, query=QUERY, table=Table(NAMES, REGIONS), visualization=Visualization("v", "Sales")
    ),
    "many rows": Answer(REF, TEXT, query=QUERY, table=grown(5_000, 4)),
    "many columns": Answer(REF, TEXT, query=QUERY, table=grown(12, 100)),
    "long SQL": Answer(REF, TEXT, query=Query("a", sql="SELECT a,\n" * 2_000), table=grown(4, 2)),
}
SOURCE = Source("revenue by region", QUERY, 1_795_340_412.3, LINK)


def leaves(kind: type[errors.GenieError] = errors.GenieError) -> Iterator[type[errors.GenieError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from leaves(below)


def raised(kind: type[errors.GenieError]) -> errors.GenieError:
    if issubclass(kind, errors.StatementFailed):
        return kind("FAILED", detail="d")
    return kind(detail="d", code="c", request_id="r", status=500)


REPLIES: dict[str, Reply] = {
    **{
        f"answer: {name}": compose(
            AnswerContext(answer, asked_by=ASKER, question="q", note="A note.", question_id="k" * 40)
        )
        for name, answer in ANSWERS.items()
    },
    **{
        f"error: {kind.__name__}": failure_reply.failure_reply(causes.of_error(raised(kind)), "k")
        for kind in leaves()
    },
    **{
        f"message error: {kind}": failure_reply.message_error_reply(
            MessageError(kind), NEXT, question_id="k", message_id="m"
        )
        for kind in (*MESSAGE_CAUSES, "NEW_ONE")
    },
    **{f"cause: {cause.name}": failure_reply.failure_reply(cause, "k") for cause in OTHERS},
    "waiting": progress.waiting(3, 71, "k"),
    "working": under(f"Asked by <@{ASKER}>", progress.working()),
    "behind": progress.behind_previous("k", edited=False),
    "behind old words": progress.behind_previous("k", edited=True),
    "still running": progress.still_running(),
    "blocked": progress.blocked(),
    "asking again": progress.asking_again(30),
    "help": help_reply(()),
    "help with starters": help_reply(("Revenue by region?", "Top products?")),
    "explain": view.explain(SOURCE, view.read(SOURCE)).message,
    "review": feedback.review("Ada", "q", "Wrong numbers\nfor EMEA", LINK),
    **{
        f"shared: {name}": channel_summary.shared(
            answer, compose(AnswerContext(answer)), ASKER, "q", image("F0", "Bar chart")
        )
        for name, answer in ANSWERS.items()
    },
}
VIEWS: dict[str, dict[str, Any]] = {
    "explain": view.explain(SOURCE, view.read(SOURCE)).views[0],
    "explain, in plain blocks": view.explain(SOURCE, view.read(SOURCE)).views[1],
    "explain, opening": view.opening(),
    "explain, a sentence": view.sentence("Not there any more.").views[0],
    "forget": forget_thread.confirmation_modal("C1:1700000000.000100"),
    "forgotten": forget_thread.result_modal("Forgotten."),
    "reason": feedback.reason_modal(f"{Rating.NEGATIVE}:k", reviewed=True),
    "reason told": feedback.result_modal("Thank you."),
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES.keys())
def test_every_message_is_accepted(reply: Reply) -> None:
    """By slack_sdk's or slackblocks' models, by the limits as we read them twice, and by the local Slack."""
    assert 1 <= len(reply.text) <= 4_000
    for variant in reply.variants:
        blocks = list(variant.blocks)
        assert refusals(blocks) == []
        assert [*faults(blocks)] == []
        check_message(blocks, None, READY)
        assert alive(blocks, ASKER, urls=(LINK,)) == []


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_screen_is_accepted(view: dict[str, Any]) -> None:
    """So are modals, whose own parts keep to Slack's sizes."""
    assert refusals(view["blocks"]) == []
    assert view_faults(view["blocks"], "modal", READY) == ()
    assert alive(view, ASKER, urls=(LINK,)) == []
    for name in ("title", "submit", "close"):
        assert 1 <= len(view.get(name, {"text": "-"})["text"]) <= 24
    assert len(view.get("private_metadata", "")) <= 3_000


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES.keys())
def test_slack_s_guidance_is_kept(reply: Reply) -> None:
    """Buttons are in Title Case without emoji, one at most is primary, and thumbs come last."""
    for variant in reply.variants:
        kinds = [block["type"] for block in variant.blocks]
        assert "context_actions" not in kinds[:-1]
        buttons = [
            part for block in variant.blocks for part in block.get("elements", ()) if "action_id" in part
        ]
        assert sum(button.get("style") == "primary" for button in buttons) <= 1
        own = [part for part in buttons if not part["action_id"].startswith(("suggestion:", "starter:"))]
        labels = [part["text"]["text"] for part in own if part["type"] == "button"]
        small = {"a", "and", "as", "in", "of", "the", "to"}
        assert [
            word for label in labels for word in label.split() if word not in small and word[:1].islower()
        ] == []
        assert all(label.isascii() for label in labels)
        assert all(text.strip() for text in strings([button["text"] for button in own if "text" in button]))


def test_what_others_refuse_is_refused_here() -> None:
    """The three judges do say no: to a long header, to a chart with a gap, to a block that nobody knows."""
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    point = {"label": "a", "value": 1}
    gap = {
        "type": "data_visualization",
        "title": "t",
        "chart": {
            "type": "bar",
            "series": [{"name": "s", "data": [point]}],
            "axis_config": {"categories": ["a", "b"]},
        },
    }
    for block in (header, gap, {"type": "unheard_of"}):
        assert refusals([block]) != []
        assert [*faults([block])] != []
