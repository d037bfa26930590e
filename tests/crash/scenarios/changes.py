"""What people do who change their mind."""

from collections.abc import AsyncIterator

from render.blockkit.buttons import ASK_EDITED, WITHDRAW
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.crash.scenario import scenario
from tests.crash.stage import FOLLOW_UP, QUESTION, Stage
from tests.stories.world import ADA, BEN, GENIE, SALES

NEW = f"{GENIE} orders by month"
SLOWLY = f"{QUESTION}, slowly"
LONG = Timing(total=lambda question: 15.0 if "slowly" in question else 0.4)
"""So long that Genie still works when Slack sends again what a dead process has not acknowledged."""


async def _in_line(stage: Stage) -> Message:
    """Let Ada ask after Ben has taken the token of this minute; return the placeholder."""
    await stage.answered(QUESTION, user=BEN)
    thread = await stage.world.ask(f"{GENIE} {FOLLOW_UP}")
    return await stage.world.slack.until(lambda: next(iter(stage.world.ours(thread)), None))


async def _running(stage: Stage) -> str:
    """Let Ada ask what takes long; return the thread."""
    thread = await stage.world.ask(SLOWLY)
    await stage.world.asked()
    await stage.world.slack.until(lambda: stage.world.ours(thread) or None)
    return thread


@scenario(QUESTIONS_PER_MINUTE="1")
async def withdrawing(stage: Stage) -> AsyncIterator[None]:
    """Withdraw a question that waits."""
    placeholder = await _in_line(stage)
    yield
    await stage.press(placeholder, WITHDRAW)


@scenario(QUESTIONS_PER_MINUTE="1")
async def deleting(stage: Stage) -> AsyncIterator[None]:
    """Delete a question that waits."""
    placeholder = await _in_line(stage)
    yield
    await stage.world.slack.delete(ADA, SALES, placeholder.thread_ts or "")


@scenario(timing=LONG)
async def stopping_to_wait(stage: Stage) -> AsyncIterator[None]:
    """Cancel a question on which Genie works: nothing of it is shown."""
    await _running(stage)
    yield
    await stage.command("cancel")


@scenario(QUESTIONS_PER_MINUTE="1", QUESTION_WINDOW_SECONDS="8", QUESTION_GUARD_SECONDS="1")
async def editing_in_line(stage: Stage) -> AsyncIterator[None]:
    """Edit a question that waits: the new words are asked."""
    placeholder = await _in_line(stage)
    yield
    await stage.world.slack.edit(ADA, SALES, placeholder.thread_ts or "", NEW)


@scenario(timing=LONG)
async def editing_meanwhile(stage: Stage) -> AsyncIterator[None]:
    """Edit a question on which Genie works: the new words are asked after it."""
    thread = await _running(stage)
    yield
    await stage.world.slack.edit(ADA, SALES, thread, NEW)


@scenario(timing=LONG)
async def editing_what_was_stopped(stage: Stage) -> AsyncIterator[None]:
    """Edit a question after its cancellation, while Genie still works on it: the new words are asked."""
    thread = await _running(stage)
    await stage.command("cancel")
    await stage.world.slack.until(lambda: not stage.world.ours(thread))
    yield
    await stage.world.slack.edit(ADA, SALES, thread, NEW)


@scenario()
async def editing_afterwards(stage: Stage) -> AsyncIterator[None]:
    """Edit a question that has its answer, and have the new words asked."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.world.slack.edit(ADA, SALES, answer.thread_ts or "", NEW)
    told = stage.world.slack.workspace.ephemerals
    offer = await stage.world.slack.until(lambda: next((each for each in told if each.blocks), None))
    await stage.press(offer, ASK_EDITED)
