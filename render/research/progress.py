"""The message of a run while Genie works: what it thinks, a card for each query, and *Stop*.

Where Slack knows no plans, the same as lines of text.
"""

from collections.abc import Callable, Iterator, Sequence

from render import words
from render.answer.prose import fallback
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.blockkit.buttons import about_question
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import asked_by
from render.research.model import RunView, Step, StepStatus
from render.text.escape import literal, literal_clipped, one_line
from render.text.limits import MESSAGE_WIRE, PLAN_TASKS, clip_wire, pack, wire
from render.text.markdown import plain

STOP = "stop_research"
"""The action id; posted messages carry it."""
PLAN, LINES = "plan", "lines"
"""Names of the variants."""
_THOUGHT_WIRE, _THOUGHT_READ = 600, 2_000
"""JSON of a thought, and characters of it that are read as Markdown for that."""
_FRAME = 90
"""JSON around the title of a card, or of a line."""
_LEAST_TITLE, _MOST_TITLE = 60, 300
_LINES_OF_TEXT = 2_900
"""Characters of one section."""

said = words.research
_Listed = Callable[[RunView, int], Iterator[Block]]
"""Shows the queries of a run in so much JSON."""


def progress(run: RunView) -> Reply:
    """Show how far a run is."""
    variants = tuple(
        Variant(tuple(shown), chart_at=len(shown), name=name)
        for name, shown in ((PLAN, [*_blocks(run, _plan)]), (LINES, [*_blocks(run, _lines)]))
    )
    return Reply(fallback(plain(_head(run)), _title(run.steps), _thought(run)), variants)


def _blocks(run: RunView, listed: _Listed) -> Iterator[Block]:
    around = [*_above(run), *_below(run)]
    yield from _above(run)
    yield from listed(run, MESSAGE_WIRE - wire(around))
    yield from _below(run)


def _above(run: RunView) -> Iterator[Block]:
    if asked := asked_by(run.asked_by, run.question):
        yield blocks.context(blocks.mrkdwn(asked))
    yield blocks.section(blocks.mrkdwn(_head(run)))
    if thought := _thought(run):
        yield blocks.context(blocks.plain(thought))


def _head(run: RunView) -> str:
    if run.goes_on:
        return said.CANNOT_STOP
    return said.STOPPING if run.stopping else said.WORKING


def _below(run: RunView) -> Iterator[Block]:
    if len(run.steps) > PLAN_TASKS:
        yield blocks.context(blocks.mrkdwn(said.earlier_steps(len(run.steps) - PLAN_TASKS)))
    if not run.stopping:
        yield blocks.actions(about_question(said.STOP, STOP, run.question_id))


def _plan(run: RunView, room: int) -> Iterator[Block]:
    """Draw the last queries as the cards of a plan, whose titles share the room."""
    if run.steps:
        size = _title_size(run.steps, room)
        cards = [
            blocks.task(number, clip_wire(_named(step, run), size), step.status)
            for number, step in _last(run.steps)
        ]
        yield blocks.plan(_title(run.steps), cards)


def _lines(run: RunView, room: int) -> Iterator[Block]:
    """Write them as numbered lines."""
    if not run.steps:
        return
    size = _title_size(run.steps, room)
    lines = [f"{number}. {literal_clipped(_named(step, run), size)}" for number, step in _last(run.steps)]
    for text in pack([f"*{literal(_title(run.steps))}*", *lines], _LINES_OF_TEXT):
        yield blocks.section(blocks.mrkdwn(text))


def _last(steps: Sequence[Step]) -> list[tuple[int, Step]]:
    return [*enumerate(steps, 1)][-PLAN_TASKS:]


def _title_size(steps: Sequence[Step], room: int) -> int:
    """Return the JSON that each title may take."""
    share = room // min(len(steps), PLAN_TASKS) - _FRAME
    return min(max(_LEAST_TITLE, share), _MOST_TITLE)


def _named(step: Step, run: RunView) -> str:
    """Name a query, and say how many rows it has or how far it is: a sign alone tells it to few."""
    counted = "" if step.rows is None else said.rows(step.rows, more=step.more_rows, locale=run.locale)
    return said.step(one_line(step.title), counted or said.STATUS.get(step.status, ""))


def _title(steps: Sequence[Step]) -> str:
    running = sum(step.status is StepStatus.RUNNING for step in steps)
    return said.so_far(len(steps) - running, running)


def _thought(run: RunView) -> str:
    return clip_wire(one_line(plain(run.thought[:_THOUGHT_READ])), _THOUGHT_WIRE)
