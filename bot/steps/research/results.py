"""Which queries of a run are shown as answers of their own. Pure."""

from dataclasses import dataclass, replace

from bot.records.lease import QuestionLease
from bot.records.question import Question, Surface
from genie.model import COMPLETED, QUERY_RESULT_EXPIRED, Message, Query
from render.research.model import NamedResult

READABLE = frozenset({COMPLETED, QUERY_RESULT_EXPIRED})
MAX_RESULTS = 8
"""Below one report; the others are named in it."""


@dataclass(frozen=True, slots=True)
class Results:
    """The queries of a run that gave rows."""

    shown: tuple[Question, ...] = ()
    named: tuple[NamedResult, ...] = ()
    """The same, as the report announces them."""
    sql: frozenset[str] = frozenset()
    """The same, as its tables name them."""
    left_out: tuple[str, ...] = ()
    """Titles of those for which there is no room."""


def results_of(lease: QuestionLease, message: Message | None) -> Results:
    """Return the queries of a run in their order, those that Genie repeated once.

    What failed, and was mended by a later query, has no rows and is none; and Genie gives those of no message
    that was cancelled or has failed.
    """
    found = message.attachments if message and message.status in READABLE else ()
    queries = [each for each in found if isinstance(each, Query) and each.sql and each.attachment_id]
    if any(each.row_count is not None for each in queries):
        queries = [each for each in queries if each.row_count is not None]
    once = {_squeezed(each.sql): each for each in queries}  # the last of each has the newest rows
    shown = [*once.values()][:MAX_RESULTS]
    return Results(
        tuple(_question(lease, number, each) for number, each in enumerate(shown, 1)),
        tuple(NamedResult(each.title, each.row_count, more_rows=each.truncated) for each in shown),
        frozenset(each.sql for each in queries if once[_squeezed(each.sql)] in shown),
        tuple(each.title for each in [*once.values()][MAX_RESULTS:]),
    )


def _question(lease: QuestionLease, number: int, query: Query) -> Question:
    run = lease.question
    return Question(
        id=f"{run.id}.result.{number}",
        text=query.title or query.description or lease.progress.text,
        place=replace(run.place, thread=lease.thread),
        asker=run.asker,
        surface=Surface.REPLY,
        written_at=run.written_at,
        asked_in=run.asked_in,
        asked_thread=run.asked_thread,
        space=run.space,
        result_of=run.id,
        attachment=query.attachment_id or "",
    )


def _squeezed(sql: str) -> str:
    return " ".join(sql.split()).rstrip("; ")
