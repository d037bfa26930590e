"""Research: with its report and results, stopped, and where agent mode is switched off."""

from collections.abc import AsyncIterator

from render.research.progress import STOP
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.timing import Turn
from sandbox.slack.state.records import Message
from tests.crash.scenario import scenario
from tests.crash.stage import QUESTION, Stage
from tests.stories.world import GENIE

RESEARCH = f"{GENIE} research: revenue by region last year"


@scenario(databricks={"visualization": "ignored"})
async def a_report_with_its_results(stage: Stage) -> AsyncIterator[None]:
    """Ask for research; two queries are enough."""
    stage.world.databricks.turns.add(Turn(agent=AgentTurn(queries=2)))
    yield
    await stage.world.ask(RESEARCH)


@scenario()
async def a_report_that_is_stopped(stage: Stage) -> AsyncIterator[None]:
    """Press "Stop" while Genie works on its first query.

    The items name its response: so it can be stopped also where the bot died before it had read that. The
    other reading, in which it then cannot, has stories of its own.
    """
    stage.world.databricks.agent_mode.input_ids = "response"
    stage.world.databricks.turns.add(Turn(agent=AgentTurn(queries=2, hold=5)))
    yield
    thread = await stage.world.ask(RESEARCH)

    def running() -> Message | None:
        return next((each for each in stage.world.ours(thread) if STOP in str(each.blocks)), None)

    await stage.press(await stage.world.slack.until(running), STOP)


@scenario()
async def research_without_agent_mode(stage: Stage) -> AsyncIterator[None]:
    """Ask for research where that is switched off: Genie's chat mode answers."""
    stage.world.databricks.agent_mode.enabled = False
    yield
    await stage.world.ask(RESEARCH)


@scenario()
async def a_report_that_nobody_wants(stage: Stage) -> AsyncIterator[None]:
    """Delete the message while Genie works on it, behind an answer of the same thread."""
    answer = await stage.answered(QUESTION)
    stage.world.databricks.turns.add(Turn(agent=AgentTurn(queries=2, hold=5)))
    yield
    asked = await stage.world.ask(RESEARCH, thread=answer.thread_ts)
    await stage.world.until(lambda: bool(stage.world.databricks.runs))
    await stage.world.slack.delete("U0ADA00001", answer.channel, asked)
