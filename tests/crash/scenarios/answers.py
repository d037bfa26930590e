"""What people do with an answer."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from render.answer.actions import EXPORT_CSV, EXPORT_EXCEL, INSIGHTS, SHARE
from render.answer.chart_menu import CHART
from render.blockkit.buttons import ASK_AGAIN, ASK_EXPERT, FEEDBACK, START_FRESH, SUGGESTION
from render.expert.card import CONFIRM, TAKE
from render.notices.feedback import REASONS, WORDS
from sandbox.databricks.genie.timing import Turn
from sandbox.faults import Fault
from tests.crash.scenario import scenario
from tests.crash.stage import QUESTION, Stage
from tests.stories.exports import MANY
from tests.stories.world import ADA, BEN, OWN_CHARTS, SALES, words_of

FINANCE = "C0FINANCE2"
LOOKING = "is looking at this question"


@scenario()
async def a_suggested_question(stage: Stage) -> AsyncIterator[None]:
    """Somebody presses the button of a next question."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.press(answer, SUGGESTION)


@scenario()
async def asking_again(stage: Stage) -> AsyncIterator[None]:
    """Press the button to ask a question again that has no answer."""
    stage.world.databricks.turns.add(Turn(end="FAILED", error_type="GENERIC_CHAT_COMPLETION_EXCEPTION"))
    answer = await stage.answered(QUESTION)
    yield
    await stage.press(answer, ASK_AGAIN)


@scenario()
async def starting_fresh(stage: Stage) -> AsyncIterator[None]:
    """Press the button to ask it in a new conversation."""
    stage.world.databricks.turns.add(Turn(end="FAILED", error_type="CONTEXT_EXCEEDED_EXCEPTION"))
    answer = await stage.answered(QUESTION)
    yield
    await stage.press(answer, START_FRESH)


@scenario()
async def a_file(stage: Stage) -> AsyncIterator[None]:
    """Somebody wants the rows as CSV."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, EXPORT_CSV)


@scenario()
async def the_whole_result(stage: Stage) -> AsyncIterator[None]:
    """Somebody wants all rows of a result of which Genie shows a part, in Excel."""
    stage.world.databricks.turns.add(Turn(sql=MANY))
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, EXPORT_EXCEL)


@scenario(SERVING_ENDPOINT_NAME="sandbox-summary")
async def insights(stage: Stage) -> AsyncIterator[None]:
    """Let a model write about the rows."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.press(answer, INSIGHTS)


@scenario()
async def stats(stage: Stage) -> AsyncIterator[None]:
    """Without a model there are figures only."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.press(answer, INSIGHTS)


@scenario(CHARTS="png", databricks=OWN_CHARTS)
async def another_chart(stage: Stage) -> AsyncIterator[None]:
    """Somebody chooses another chart for an answer."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, "donut", CHART)


@scenario(CHARTS="png", databricks=OWN_CHARTS)
async def another_chart_that_is_not_confirmed(stage: Stage) -> AsyncIterator[None]:
    """Choose another chart while Slack's reply to the edit is lost, so that it is drawn again."""
    answer = await stage.answered(QUESTION)
    yield
    stage.world.slack.faults.add(Fault(path="/api/chat.update", drop=True, after=True))
    await stage.choose(answer, "donut", CHART)


@scenario()
async def sharing(stage: Stage) -> AsyncIterator[None]:
    """Show an answer in the channel."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, SHARE)


@scenario(FEEDBACK_CHANNEL=FINANCE)
async def a_bad_rating(stage: Stage) -> AsyncIterator[None]:
    """Press the thumb that points down, and give the reason in the modal."""
    answer = await stage.answered(QUESTION)
    [thumbs] = answer.blocks[-1]["elements"]
    yield
    await stage.press(answer, FEEDBACK, value=thumbs["negative_button"]["value"])
    view = await stage.modal()
    words = {"type": "plain_text_input", "value": "the wrong year"}
    boxes: dict[str, Any] = {"type": "checkboxes", "selected_options": []}
    await stage.submit(view, {REASONS: {REASONS: boxes}, WORDS: {WORDS: words}})


@scenario(EXPERT_CHANNEL=FINANCE)
async def an_expert(stage: Stage) -> AsyncIterator[None]:
    """Ask an expert, who takes the question and confirms the answer."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.choose(answer, ASK_EXPERT)
    cards = stage.world.slack.workspace.roots
    card = await stage.world.slack.until(lambda: next((each for each in cards(FINANCE) if each.bot_id), None))
    await stage.press(card, TAKE, BEN)
    said = partial(stage.world.ours, answer.thread_ts or "")
    await stage.world.slack.until(lambda: any(LOOKING in words_of(each) for each in said()))
    await stage.press(card, CONFIRM, BEN)


@scenario()
async def a_reaction(stage: Stage) -> AsyncIterator[None]:
    """React to an answer with a thumb."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.world.slack.react(ADA, SALES, answer.ts, "+1")
