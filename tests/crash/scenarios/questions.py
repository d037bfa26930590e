"""Questions, asked in each way, and what Genie and Slack make of them."""

from collections.abc import AsyncIterator
from dataclasses import replace

from render.blockkit.buttons import CHECK_AGAIN
from sandbox.databricks.genie.timing import Timing, Turn
from sandbox.faults import Fault
from tests.crash.scenario import scenario
from tests.crash.stage import FOLLOW_UP, QUESTION, Stage
from tests.stories.world import BEN, GENIE, OWN_CHARTS, SALES

ANA, GUEST = "U0ANA00007", "U0GINA0011"
AGENCY, PARTNER = "C0AGENCY06", "C0PARTNER7"
POST = Fault(path="*/start-conversation")
FOLLOW_UP_POST = Fault(path="*/conversations/*/messages", method="POST")


@scenario(CHARTS="png", databricks=OWN_CHARTS)
async def a_question_with_a_chart(stage: Stage) -> AsyncIterator[None]:
    """Somebody mentions the bot; the answer has a picture."""
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def a_follow_up(stage: Stage) -> AsyncIterator[None]:
    """Somebody goes on in the thread."""
    answer = await stage.answered(QUESTION)
    yield
    await stage.world.ask(FOLLOW_UP, thread=answer.thread_ts)


@scenario()
async def two_questions_of_one_thread(stage: Stage) -> AsyncIterator[None]:
    """Ask a second question while the first is answered."""
    yield
    thread = await stage.world.ask(QUESTION)
    await stage.world.slack.until(lambda: stage.world.ours(thread) or None)
    await stage.world.ask(FOLLOW_UP, BEN, thread=thread)


@scenario(QUESTIONS_PER_MINUTE="1", QUESTION_WINDOW_SECONDS="4", QUESTION_GUARD_SECONDS="1")
async def a_question_in_line(stage: Stage) -> AsyncIterator[None]:
    """Ask when the limit is used up, and be told a place in line."""
    yield
    await stage.world.ask(QUESTION)
    await stage.world.ask(f"{GENIE} {FOLLOW_UP}", BEN)


@scenario(REUSE_MINUTES="5")
async def the_same_question_twice(stage: Stage) -> AsyncIterator[None]:
    """Two people ask the same at once: Genie gets it once."""
    # The second one waits until the first is sent.
    stage.world.databricks.faults.add(replace(POST, delay=1.0))
    yield
    await stage.world.ask(QUESTION)
    await stage.world.ask(QUESTION, BEN)


@scenario()
async def a_slash_command(stage: Stage) -> AsyncIterator[None]:
    """`/genie` begins a thread."""
    yield
    await stage.command("revenue by region last year")


@scenario()
async def a_private_question(stage: Stage) -> AsyncIterator[None]:
    """Ask in private; the answer is in the direct messages."""
    yield
    await stage.command("private revenue by region last year")


@scenario()
async def help_(stage: Stage) -> AsyncIterator[None]:
    """Mention the bot alone, which answers without Genie."""
    yield
    await stage.world.ask(GENIE)


@scenario()
async def a_post_that_was_cut_off(stage: Stage) -> AsyncIterator[None]:
    """Genie took the question, and its reply was lost."""
    stage.world.databricks.faults.add(replace(POST, drop=True, after=True))
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def a_question_over_the_limit(stage: Stage) -> AsyncIterator[None]:
    """Others use the workspace too: Genie refuses a question for a second."""
    body = '{"error_code": "RESOURCE_EXHAUSTED", "message": "limit"}'
    stage.world.databricks.faults.add(replace(POST, status=429, body=body, retry_after="1"))
    yield
    await stage.world.ask(QUESTION)


@scenario(databricks={"visualization": "rejected"})
async def a_workspace_without_charts(stage: Stage) -> AsyncIterator[None]:
    """Ask where the wish for a chart is refused, and a question without it is not."""
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def a_conversation_that_is_gone(stage: Stage) -> AsyncIterator[None]:
    """Go on where nothing is left: the question is asked in a new conversation."""
    answer = await stage.answered(QUESTION)
    body = '{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "gone"}'
    stage.world.databricks.faults.add(replace(FOLLOW_UP_POST, status=404, body=body, times=None))
    yield
    await stage.world.ask(FOLLOW_UP, thread=answer.thread_ts)


@scenario()
async def a_conversation_that_is_too_long(stage: Stage) -> AsyncIterator[None]:
    """Genie fails, and is asked again in a new conversation."""
    answer = await stage.answered(QUESTION)
    turn = Turn(end="FAILED", error_type="CONTEXT_EXCEEDED_EXCEPTION")
    stage.world.databricks.turns.add(turn)
    yield
    await stage.world.ask(FOLLOW_UP, thread=answer.thread_ts)


@scenario()
async def an_occupied_conversation(stage: Stage) -> AsyncIterator[None]:
    """Somebody uses the conversation in Databricks: its end is waited for."""
    answer = await stage.answered(QUESTION)
    stage.world.databricks.faults.add(replace(FOLLOW_UP_POST, status=409))
    yield
    await stage.world.ask(FOLLOW_UP, thread=answer.thread_ts)


@scenario()
async def a_question_that_fails(stage: Stage) -> AsyncIterator[None]:
    """Genie has no answer, and the thread says why."""
    stage.world.databricks.turns.add(Turn(end="FAILED", error_type="CONTENT_FILTER_EXCEPTION"))
    yield
    await stage.world.ask(QUESTION)


@scenario(timing=Timing(total=lambda _: 4.0), ANSWER_DEADLINE_SECONDS="2")
async def a_late_answer(stage: Stage) -> AsyncIterator[None]:
    """Wait for the deadline, and press "Check Again"."""
    yield
    late = await stage.world.answer(await stage.world.ask(QUESTION))
    await stage.world.until(lambda: bool(stage.world.databricks.finished))
    message = stage.world.slack.workspace.message(SALES, late.ts)
    if CHECK_AGAIN in str(message.blocks):  # two takeovers may last until Genie has finished
        await stage.press(message, CHECK_AGAIN)


@scenario(timing=Timing(total=lambda _: 3.0))
async def a_slow_answer(stage: Stage) -> AsyncIterator[None]:
    """Read in the status line meanwhile what Genie does."""
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def a_result_with_a_file(stage: Stage) -> AsyncIterator[None]:
    """Ask for more rows than a message shows: a file has them."""
    stage.world.databricks.turns.add(Turn(sql="SELECT id FROM range(1200) AS t(id)"))
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def an_expired_result(stage: Stage) -> AsyncIterator[None]:
    """Ask for what Genie no longer keeps: the query is run again."""
    stage.world.databricks.turns.add(Turn(end="QUERY_RESULT_EXPIRED"))
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def an_answer_in_place_of_the_first_word(stage: Stage) -> AsyncIterator[None]:
    """Ask where Slack lets no message be edited: the answer is posted, and the first word deleted."""
    body = '{"ok": false, "error": "cant_update_message"}'
    stage.world.slack.faults.add(Fault(path="/api/chat.update", status=200, body=body, times=None))
    yield
    await stage.world.ask(QUESTION)


@scenario()
async def questions_that_are_answered_privately(stage: Stage) -> AsyncIterator[None]:
    """Ask twice in the thread of a channel that another company can read."""
    yield
    thread = await stage.world.ask(QUESTION, ANA, PARTNER)
    await stage.world.ask(FOLLOW_UP, ANA, PARTNER, thread)


@scenario()
async def a_guests_question(stage: Stage) -> AsyncIterator[None]:
    """Ask as a guest, who is not answered, and as a colleague in the same thread."""
    yield
    thread = await stage.world.ask(QUESTION, GUEST, AGENCY)
    await stage.world.ask(QUESTION, ANA, AGENCY, thread)
