"""Agent mode at work: several queries, a report, and then the same run as a message of chat mode."""

import asyncio
import re
from collections.abc import Iterator

from sandbox.databricks.agent_mode import items, report
from sandbox.databricks.agent_mode.report import Finding
from sandbox.databricks.agent_mode.run import CANCELLED, COMPLETED, FAILED, INCOMPLETE, AgentRun, error_text
from sandbox.databricks.agent_mode.settings import AgentMode
from sandbox.databricks.genie import timing
from sandbox.databricks.genie.message_runner import MessageRunner
from sandbox.databricks.genie.sample_spaces import AnyAnalyst
from sandbox.databricks.genie.store import Conversation, QueryAttachment, Store, VizAttachment, new_id
from sandbox.databricks.genie.store import SuggestionsAttachment as Suggestions
from sandbox.databricks.genie.timing import Timing, Turn, Turns
from sandbox.databricks.language.analyst import Context, Draft
from sandbox.databricks.language.intent import Clarification, Intent
from sandbox.databricks.language.resolve_intent import Resolution
from sandbox.databricks.warehouse import drawing

_REPEATED = 1
"""The query that is asked twice, as Genie does: the second."""
_VIEW_LAG = "VIEW_LAG"
_ASIDE = re.compile(r"\([^()]*\)")
Planned = tuple[Intent | None, Draft]


class _CancelledError(Exception):
    """The run has come to a step at which a cancel ends it."""


class AgentRunner:
    """Works on runs in the background, each in its own task of the `MessageRunner`."""

    def __init__(
        self, store: Store, runner: MessageRunner, timing: Timing, turns: Turns, mode: AgentMode
    ) -> None:
        self._store, self._runner = store, runner
        self._timing, self._turns, self._mode = timing, turns, mode
        self.runs: list[AgentRun] = []
        """Every run so far, oldest first."""

    def begin(self, conversation: Conversation, run: AgentRun, turn: Turn | None = None) -> None:
        """Start to work on a run, in the way that its turn says."""
        run.message.turn = turn or self._turns.take(run.content)
        self.runs.append(run)
        self._runner.start(run.message.message_id, self._work(conversation, run))

    def of(self, conversation_id: str) -> list[AgentRun]:
        """Give the runs of a conversation, oldest first."""
        return [run for run in self.runs if run.message.conversation_id == conversation_id]

    def break_off(self, run: AgentRun) -> None:
        """End a run as the death of its server does."""
        self._runner.stop(run.message.message_id)
        if run.ended is None:
            run.error = "The response was interrupted."
            run.end(FAILED)
            self._end_message(run)

    async def _work(self, conversation: Conversation, run: AgentRun) -> None:
        try:
            lag = await self._to_the_end(conversation, run)
        finally:
            run.close()
        await asyncio.sleep(lag)
        self._end_message(run)

    async def _to_the_end(self, conversation: Conversation, run: AgentRun) -> float:
        """Work on a run; return the seconds by which chat mode lags behind its end."""
        resolution = _understood(
            self._runner.analysts[conversation.space_id], run.content, conversation.context
        )
        planned = self._planned(run, resolution)
        *steps, lag = self._seconds(run, (*_steps(run, len(planned)), _VIEW_LAG))
        try:
            await self._research(run, planned, resolution, iter(steps))
        except _CancelledError:
            await self._end_cancelled(run)
        else:
            conversation.context = conversation.context.after(resolution)
            await self._end(run)
        return lag

    async def _research(
        self, run: AgentRun, planned: list[Planned], resolution: Resolution, pace: Iterator[float]
    ) -> None:
        if not run.turn.announced:
            return
        await run.publish_response("response.created")
        first = f"I look at “{planned[0][1].title}” first, and then at what is behind it." if planned else ""
        await self._think(run, first or "I read the question.", pace)
        found: list[Finding] = []
        for number, (intent, draft) in enumerate(planned):
            query = await self._query(run, draft, pace)
            if query.statement.result is not None:
                found.append((intent, query))
            if number == _REPEATED and number + 1 < len(planned):
                await self._think(run, f"I check “{draft.title}” once more.", pace)
                await self._query(run, draft, pace)
        if run.wants_chart and found:
            await self._chart(run, found[0][1], pace)
        await _step(run, pace)
        if planned and not found:
            run.error = {"type": "SQL_EXECUTION_EXCEPTION", "message": run.queries[-1].statement.error}
        elif run.turn.end not in {"failed", "error"}:
            report_ = items.message(self._report(run, resolution, found))
            await run.show(report_, items.message_begun(report_))

    def _report(self, run: AgentRun, resolution: Resolution, found: list[Finding]) -> list[items.Json]:
        space = self._store.space(run.message.space_id)
        if isinstance(resolution, Intent) or found:
            sources = report.citations(space.sample.tables, run.origin)
            return report.parts(self._runner.analysts[space.space_id], found, run.turn, sources)
        said = resolution.question if isinstance(resolution, Clarification) else resolution.text
        return [{"type": "output_text", "text": said, "annotations": []}]

    def _planned(self, run: AgentRun, resolution: Resolution) -> list[Planned]:
        """Write the queries of a run, each once."""
        if run.message.turn.sql:
            sql = run.message.turn.sql
            planned: list[Planned] = [(None, Draft(run.content, "Runs the query that was ordered.", sql))]
        elif isinstance(resolution, Intent):
            analyst = self._runner.analysts[run.message.space_id]
            drafts = [(each, analyst.draft(each)) for each in analyst.angles(resolution)]
            planned = list({draft.statement: (intent, draft) for intent, draft in drafts}.values())
        else:
            planned = []
        return planned[: run.turn.queries]

    async def _think(self, run: AgentRun, text: str, pace: Iterator[float]) -> None:
        await _step(run, pace)
        await run.show(items.reasoning(text, run.turn))
        if run.turn.thoughts:
            await run.show(items.thought(text))

    async def _query(self, run: AgentRun, draft: Draft, pace: Iterator[float]) -> QueryAttachment:
        await _step(run, pace)
        run.message.turn_to(timing.ASKING_AI)
        call = items.call("execute_sql", draft.title, draft.statement)
        await run.show(call, items.call_begun(call, len(run.queries)))
        await _step(run, pace)
        run.message.turn_to(timing.EXECUTING_QUERY)
        query = await self._runner.query(draft, run.message)
        run.queries.append(query)
        output = items.output(call, items.query_output(query))
        await run.show(output, items.output_begun(output))
        return query

    async def _chart(self, run: AgentRun, query: QueryAttachment, pace: Iterator[float]) -> None:
        """Draw the first rows, if they make a chart; the id in the stream is not quite its own."""
        await _step(run, pace)
        result = query.statement.result
        if result is None or not drawing.chartable(result):
            return
        title, chart_id = query.draft.title, new_id()
        run.charts.append(VizAttachment(title, query.attachment_id, result, chart_id))
        call = items.call("generate_visualization", title, query.draft.statement)
        await run.show(call, items.call_begun(call, 0))
        shown = f"pub_{chart_id}" if run.turn.published else f"{chart_id}_output"
        output = items.output(call, f"{title}\n\nThe chart is drawn.", shown)
        await run.show(output, items.output_begun(output))

    async def _end(self, run: AgentRun) -> None:
        turn = run.turn
        if turn.end == "never":
            await asyncio.Event().wait()
        if run.error is not None or turn.end in {"failed", "error"}:
            run.error = run.error if run.error is not None else turn.error
            run.end(FAILED)
        elif turn.end == "incomplete":
            run.reason = turn.reason
            run.end(INCOMPLETE)
        else:
            run.end(COMPLETED)
        if turn.end == "error":
            code = run.error.get("code") or run.error.get("type") if isinstance(run.error, dict) else ""
            await run.publish("error", error_code=code or "INTERNAL_ERROR", message=error_text(run.error))
        elif turn.end == "done":
            await run.publish_response("response.done")
        elif turn.end != "eof":
            await run.publish_response(f"response.{run.status}")

    async def _end_cancelled(self, run: AgentRun) -> None:
        run.cancelled = True
        match self._mode.cancelled:
            case "incomplete":
                run.reason = "cancelled"
                run.end(INCOMPLETE)
                await run.publish_response("response.incomplete")
            case "failed":
                run.error = {"code": "cancelled", "message": "The response was cancelled."}
                run.end(FAILED)
                await run.publish_response("response.failed")
            case "completed":
                run.end(CANCELLED)
                await run.publish_response("response.completed")
            case "eof":
                run.end(CANCELLED)

    def _end_message(self, run: AgentRun) -> None:
        """Let chat mode see the end: the queries with rows to fetch, charts, and questions to ask next."""
        message = run.message
        message.attachments += [*run.queries, *run.charts]
        if run.cancelled:
            status = "CANCELLED"
        elif run.status == FAILED:
            kind = run.error.get("type") if isinstance(run.error, dict) else ""
            message.error = (kind or "GENERIC_CHAT_COMPLETION_EXCEPTION", error_text(run.error))
            status = timing.FAILED
        else:
            starters = self._runner.analysts[message.space_id].starters
            message.attachments.append(Suggestions(starters, new_id()))
            status = timing.COMPLETED
        message.turn_to(status)
        self._store.finished[message.message_id] = message.finished or message.updated
        run.settled.set()

    def _seconds(self, run: AgentRun, steps: tuple[str, ...]) -> list[float]:
        return [seconds for _, seconds in self._timing.steps(run.content, steps)]


def _understood(analyst: AnyAnalyst, content: str, context: Context) -> Resolution:
    """Make sense of a question by its first line that asks for figures: an agent is told more than words."""
    lines = [_ASIDE.sub("", line) for line in content.splitlines() if line.strip()]
    read = [analyst.resolve(line, context) for line in lines]
    return next((each for each in read if isinstance(each, Intent)), analyst.resolve(lines[0], context))


def _steps(run: AgentRun, queries: int) -> tuple[str, ...]:
    """Name all steps of a run, of which a short one does not take each."""
    repeated = queries > _REPEATED + 1
    calls = ("CALLING", "EXECUTING_SQL") * (queries + repeated)
    return ("REASONING", *(("REASONING",) * repeated), *calls, *(("CALLING",) * run.wants_chart), "REPORTING")


async def _step(run: AgentRun, pace: Iterator[float]) -> None:
    """Take the time of the next step; at its beginning a cancel ends the run."""
    await asyncio.sleep(next(pace))
    if run.cancels:
        raise _CancelledError
