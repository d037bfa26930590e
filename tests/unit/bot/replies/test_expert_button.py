"""Which failures offer to ask an expert, and where that takes the asker's consent."""

from typing import Any

import pytest

from bot.failures import causes
from bot.failures.model import Cause
from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.replies.responder import Responder
from render import words
from render.blockkit.buttons import ASK_EXPERT


def button(cause: Cause, *, experts: bool = True, channel: str = "C1", message: str = "") -> Any:
    """Return the button below a question that failed."""
    nothing: Any = None
    known: Any = object()
    responder = Responder(
        queue=nothing,
        catalog=nothing,
        messages=nothing,
        status=nothing,
        ephemeral_replies=nothing,
        confirmations=known if experts else None,
    )
    asked = Question("q", "revenue?", Place("T1", channel, "1"), "UADA", Surface.MENTION)
    progress = Progress(state=State.ASKED, message=message)
    return responder.expert_button(QuestionLease(question=asked, progress=progress, owner="w"), cause)


@pytest.mark.parametrize(
    ("cause", "message", "offered"),
    [
        (causes.NO_REASON, "", True),
        (causes.CRASHED, "", True),
        (causes.by_name("Unreachable"), "", False),
        (causes.SIGNED_OUT, "", False),
        (causes.STATUS_CAUSES["CANCELLED"], "m", True),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_experts_are_asked_where_another_try_may_not_be_enough(
    cause: Cause,
    message: str,
    offered: bool,  # noqa: FBT001
) -> None:
    """Where Genie has the question, or something is broken: not while a network or the asker is at fault."""
    assert bool(button(cause, message=message)) is offered
    assert button(cause, experts=False, message=message) is None


def test_a_private_question_asks_first() -> None:
    """Slack shows what goes to the experts before the press counts; in a channel it counts at once."""
    assert button(causes.CRASHED, channel="D1")["confirm"]["text"]["text"] == words.experts.ASK_PRIVATE
    in_channel = button(causes.CRASHED)
    assert (in_channel["action_id"], "confirm" in in_channel) == (ASK_EXPERT, False)
