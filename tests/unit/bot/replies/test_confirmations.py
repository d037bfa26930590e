"""What experts confirmed is shown with the question that they confirmed, and with no other."""

from dataclasses import replace
from typing import Any, cast

import pytest

from bot.offload.executor import Executor
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.records.review import Confirmed
from bot.replies.confirmations import Confirmations
from bot.slack.users import Person
from bot.store.experts import Known
from genie.model import Answer, MessageRef

ASKED = Question("T1.C1.1", "revenue by region", Place("T1", "C1", "1"), "UADA", Surface.REPLY)
PROGRESS = Progress(state=State.SHOWN, text="revenue by region", space="s")


class Experts:
    """Experts who have confirmed those words, and people's names."""

    async def of(self, *about: Any) -> Any:
        """Know all by name, and no review of this very answer."""
        return dict.fromkeys(about[1], "Ben") if len(about) > 1 else None

    async def look(self, *_about: str, **_how: bool) -> Known:
        """Find them."""
        found = Confirmed(
            id="1", space="s", question="revenue by region", sql="SELECT 1", by="UBEN", team="T1", at=1
        )
        return Known(found)


@pytest.mark.parametrize(
    ("question", "progress", "shown"),
    [
        (ASKED, PROGRESS, True),
        (replace(ASKED, result_of="T1.C1.0"), PROGRESS, False),
        (ASKED, replace(PROGRESS, into="c"), False),
        (ASKED, replace(PROGRESS, after="units by month"), False),
    ],
    ids=["first of its thread", "result of research", "follow-up", "follow-up of a reused answer"],
)
async def test_words_that_may_mean_something_else_show_nothing(
    question: Question, progress: Progress, *, shown: bool
) -> None:
    """A result has the title of its query, and what a follow-up means was said before it."""
    experts: Any = Experts()
    confirmations = Confirmations(
        reviews=experts, confirmed=experts, users=experts, executor=cast("Executor", None)
    )
    answer = Answer(MessageRef("s", "c", "m"))
    said = await confirmations.about(question, progress, answer, Person())
    assert bool(said.confirmation) is shown
