"""The message of a run in the view of chat mode, which comes late and in parts."""

import unicodedata
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.steps.research import look
from bot.steps.research.look import Look
from genie.errors import Unavailable
from genie.model import COMPLETED, Message, MessageRef, Query
from tests.unit.bot.steps.test_research_results import RUN

RUNNING, DONE = "EXECUTING_QUERY", COMPLETED
ASKED = "caf\u00e9s by month"


class Genie:
    """Shows the message of a run as it is from look to look."""

    def __init__(self, *looks: Message | None) -> None:
        """Show these, the last of them again and again; None for a look that fails."""
        self.looks = [*looks]

    def __call__(self, _identity: object) -> "Genie":
        """Serve everybody."""
        return self

    async def response_message(self, *_args: object) -> Message:
        """Show the next."""
        shown = self.looks.pop(0) if self.looks[1:] else self.looks[0]
        if shown is None:
            raise Unavailable
        return shown

    message = response_message


def message(status: str, *names: str, content: str = ASKED) -> Message:
    """Return the message with queries of these names."""
    queries = tuple(Query(name, name, sql=f"SELECT {name}") for name in names)
    return Message(MessageRef("s", "c", "m"), status, content=content, attachments=queries)


async def finished(*looks: Message | None, known: str = "") -> Message | None:
    """Return the message that a report gets, which may be `known` by an earlier attempt."""
    threads: Any = SimpleNamespace(others_runs=frozenset)
    found = Look(genie_of=cast("Any", Genie(*looks)), threads=threads)
    progress = Progress(
        state=State.SHOWN, text=ASKED, space="s", conversation="c", response="r", message=known
    )
    return await found.finished_message(QuestionLease(question=RUN, progress=progress, owner="w:1"))


@pytest.mark.parametrize(
    "before", [(), (None,), (message(RUNNING),), (message(DONE),)], ids=["no", "failed", "running", "empty"]
)
async def test_a_report_waits_for_its_queries(
    before: tuple[Message | None, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its message may have its end before its attachments, and be looked for in vain first."""
    monkeypatch.setattr(look, "LATE_SECONDS", 0.0)
    assert await finished(*before, message(DONE, "a")) == message(DONE, "a")


async def test_a_message_may_stay_without_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has ended is the run's all the same; one that goes on is none."""
    monkeypatch.setattr(look, "LATE_SECONDS", 0.0)
    assert await finished(message(DONE)) == message(DONE)
    assert await finished(message(RUNNING)) is None


async def test_results_that_were_announced_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another attempt reads a message that was there before; a report that never saw it has none."""
    monkeypatch.setattr(look, "LATE_SECONDS", 0.0)
    with pytest.raises(Unavailable):
        await finished(None, known="m")
    assert await finished(None) is None


async def test_the_message_of_a_run_has_its_words_however_they_are_spelled() -> None:
    """Genie may compose an accent that was typed apart; another question is another run."""
    apart = message(DONE, "a", content=unicodedata.normalize("NFD", ASKED))
    assert await finished(apart) == apart
