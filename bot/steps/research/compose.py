"""Composes the report of research, in the executor if it is large."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from bot.records.lease import QuestionLease
from bot.replies.compose import MAX_CELLS_ON_LOOP, MAX_CHARACTERS_ON_LOOP, AnswerComposer
from genie.agent_model import Item, Prose, ResultPart, ToolOutput
from genie.model import Answer
from render.blockkit.reply import Reply
from render.research.model import ReportView, RunEnd, StepStatus
from render.research.read import read_report, steps
from render.research.report import report


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportComposer:
    """Composes reports for the same readers as answers."""

    answers: AnswerComposer

    async def compose(
        self, lease: QuestionLease, view: ReportView, items: tuple[Item, ...], below: Collection[str]
    ) -> Reply:
        """Return what `view` and the items of a run say; the results of the SQL in `below` follow."""
        empty = Answer(lease.progress.ref)
        shown = await self.answers.context(lease.question, lease.progress, empty)
        view = replace(
            view,
            question=shown.question,
            asked_by=shown.asked_by,
            asked_as=shown.asked_as,
            note=shown.note,
            space_title=shown.space_title,
            audience=shown.audience,
            is_quiet=shown.is_quiet,
            locale=shown.locale,
            missing=shown.missing,
        )
        work = partial(_report, view, items, frozenset(below))
        return await self.answers.composed(work, large=_is_large(items))


def _report(view: ReportView, items: tuple[Item, ...], below: frozenset[str]) -> Reply:
    passages, citations = read_report(items, below)
    # What runs when a run is stopped is not counted; one that is completed has ended with all its queries.
    ended = [each for each in steps(items) if each.status is not StepStatus.RUNNING]
    queries = steps(items) if view.end is RunEnd.COMPLETED else ended
    return report(replace(view, passages=passages, citations=citations, queries=len(queries)))


def _is_large(items: tuple[Item, ...]) -> bool:
    """Tell whether composing a report takes longer than the event loop may wait."""
    tables = [each for each in items if isinstance(each, ResultPart)]
    if sum(len(each.rows) * len(each.columns) for each in tables) > MAX_CELLS_ON_LOOP:
        return True
    cells = sum(len(cell) for each in tables for row in each.rows for cell in row if cell)
    return cells + _size(items) > MAX_CHARACTERS_ON_LOOP


def _size(items: tuple[Item, ...]) -> int:
    """Count the characters that are read as Markdown."""
    texts = sum(len(each.text) for each in items if isinstance(each, Prose | ResultPart))
    return texts + sum(len(each.markdown) for each in items if isinstance(each, ToolOutput))
