"""A large report is composed off the event loop."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.replies.compose import MAX_CELLS_ON_LOOP, MAX_CHARACTERS_ON_LOOP
from bot.steps.research.compose import ReportComposer
from genie.agent_model import Item, Prose, ResultPart, ToolOutput
from genie.model import Column
from render.answer.context import Audience
from render.blockkit.reply import Reply
from render.research.model import ReportView
from render.text.locales import ANYWHERE

LEASE = QuestionLease(
    question=Question("T1.C1.1", "why?", Place("T1", "C1", "1"), "U1", Surface.MENTION, research=True),
    progress=Progress(state=State.ANSWERED),
    owner="w:1",
)


class Answers:
    """Composes where it is told to, and keeps where that was."""

    def __init__(self) -> None:
        """Compose nothing yet."""
        self.large: list[bool] = []

    async def context(self, *_given: object) -> Any:
        """Return what is known of any reader."""
        return SimpleNamespace(
            question="why?",
            asked_by="",
            asked_as="",
            note="",
            space_title="",
            audience=Audience.CHANNEL,
            is_quiet=False,
            locale=ANYWHERE,
            missing=frozenset(),
        )

    async def composed(self, work: Callable[[], Reply], *, large: bool) -> Reply:
        """Keep whether it is large."""
        self.large.append(large)
        return work()


def rows(count: int, cell: str) -> ResultPart:
    """Return a table of the report with so many rows, and no words beside them."""
    return ResultPart("p", "", "SELECT 1", (Column("x"),), ((cell,),) * count, count, available=True)


@pytest.mark.parametrize(
    ("item", "large"),
    [
        (rows(MAX_CELLS_ON_LOOP + 1, "1"), True),
        (rows(1, "x" * (MAX_CHARACTERS_ON_LOOP + 1)), True),
        (Prose("p", "word " * (MAX_CHARACTERS_ON_LOOP // 4)), True),
        (ToolOutput("o", "c", "rows", "| x |\n|---|\n" + "| 1 |\n" * (MAX_CHARACTERS_ON_LOOP // 5)), True),
        (ToolOutput("o", "c", "rows", "| x |\n|---|\n| 1 |"), False),
    ],
)
async def test_all_that_is_drawn_counts(item: Item, *, large: bool) -> None:
    """Rows and what a tool gave as well as prose, also where that is short."""
    answers = Answers()
    composer = ReportComposer(answers=cast("Any", answers))
    await composer.compose(LEASE, ReportView(question_id="q"), (item,), ())
    assert answers.large == [large]
