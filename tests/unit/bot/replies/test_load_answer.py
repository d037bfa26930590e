"""Of when the data of an answer is: what Genie says, unless it was read anew."""

import time
from typing import cast

import pytest

from bot.identity.identities import shared_identity
from bot.identity.model import SlackUser
from bot.replies.load_answer import AnswerLoader
from bot.store.questions import QuestionStore
from genie.client import Genie
from genie.model import COMPLETED, Column, Message, MessageRef, Query, Table, Text

ANA = SlackUser("T", "U1")
REF = MessageRef("s", "c", "m")
EARLIER, LATER = 1_795_340_420.0, 1_795_340_425.0


class Databricks:
    """Has rows, which it read when it was asked first or just now."""

    def __init__(self, *, run_again: bool) -> None:
        self.table = Table((Column("a"),), (("1",),), run_again=run_again)

    async def rows(self, _ref: MessageRef, _query: Query, *, expired: bool) -> Table:
        """Give them."""
        assert not expired
        return self.table


@pytest.mark.parametrize(
    ("query", "message", "run_again", "told"),
    [
        (EARLIER, LATER, False, EARLIER),
        (None, LATER, False, LATER),
        (None, None, False, None),
        (EARLIER, LATER, True, None),
    ],
)
async def test_an_answer_knows_when_its_data_was_read(
    query: float | None, message: float | None, told: float | None, *, run_again: bool
) -> None:
    """The query's time goes before the message's; without either, and after another run, it is now."""
    genie = cast("Genie", Databricks(run_again=run_again))
    asked = Message(
        REF,
        COMPLETED,
        attachments=(Query("a", sql="SELECT 1", updated_at=query, row_count=1),),
        updated_at=message,
    )
    before = time.time()
    answer = await loader(genie).read(asked, ANA)
    assert answer.read_at
    assert answer.read_at == told if told else before <= answer.read_at <= time.time()


def loader(genie: Genie) -> AnswerLoader:
    """Return a loader that needs no store, and no reader of queries."""
    return AnswerLoader(questions=cast("QuestionStore", None), genie_of=shared_identity(genie))


async def test_an_answer_in_words_has_no_data() -> None:
    """Nothing is read, so nothing is told of it."""
    genie = cast("Genie", Databricks(run_again=False))
    asked = Message(REF, COMPLETED, attachments=(Text("Hello."),), updated_at=LATER)
    assert (await loader(genie).read(asked, ANA)).table is None


async def test_no_query_is_read_where_only_its_rows_matter() -> None:
    """A file has no chart and no figures, so nobody waits in the executor for a parser."""
    genie = cast("Genie", Databricks(run_again=False))
    asked = Message(REF, COMPLETED, attachments=(Query("a", sql="SELECT 1", row_count=50),))
    assert (await loader(genie).read(asked, ANA)).table
