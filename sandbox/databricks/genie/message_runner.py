"""Genie at work: takes a message through its statuses, runs its SQL and writes the answer."""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import replace
from datetime import date
from itertools import count

from sandbox.databricks.genie.attachments import ANSWER, attachments
from sandbox.databricks.genie.store import (
    Conversation,
    Message,
    QueryAttachment,
    Statement,
    Store,
    SuggestionsAttachment,
    TextAttachment,
    new_id,
)
from sandbox.databricks.genie.timing import (
    COMPLETED,
    EXECUTING_QUERY,
    EXPIRED,
    FAILED,
    Timing,
    Turn,
    Turns,
    usual,
)
from sandbox.databricks.language.analyst import Draft
from sandbox.databricks.language.intent import Intent
from sandbox.databricks.language.resolve_intent import Resolution
from sandbox.databricks.warehouse.statement_error import StatementError
from sandbox.databricks.warehouse.warehouse import Warehouse

_WILL_CORRECT = "That does not look right, so I will write another query."


class MessageRunner:
    """Works on messages in the background, each in its own task; `close` stops them all."""

    def __init__(self, store: Store, today: date, warehouse: Warehouse, timing: Timing, turns: Turns) -> None:
        self._store = store
        self.analysts = {space.space_id: space.sample.analyst(today) for space in store.spaces}
        self._warehouse = warehouse
        self._timing = timing
        self._turns = turns
        self._queries = count()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def move_to(self, today: date) -> None:
        """Understand questions as of another day."""
        self.analysts = {space.space_id: space.sample.analyst(today) for space in self._store.spaces}

    def begin(self, conversation: Conversation, message: Message, turn: Turn | None = None) -> None:
        """Start to work on a message of a conversation, in the way that its turn says."""
        message.turn = turn or self._turns.take(message.content)
        self.start(message.message_id, self._answer(conversation, message))

    async def query(self, draft: Draft, message: Message) -> QueryAttachment:
        """Run a query for a message, whose attachment it is not yet."""
        attachment = QueryAttachment(draft, self._kept_statement(draft.statement, message), new_id())
        await self._run(attachment.statement)
        return attachment

    def rerun(self, attachment: QueryAttachment, message: Message) -> Statement:
        """Run the query of an answer again as a new statement, which is pending at first."""
        attachment.statement = self._kept_statement(attachment.statement.sql, message)
        self.start(attachment.statement.statement_id, self._run_again(attachment, message))
        return attachment.statement

    def export(self, attachment: QueryAttachment, message: Message) -> Statement:
        """Run the query of an answer once more, for all of its rows."""
        statement = _statement(attachment.statement.sql, message)
        self.start(statement.statement_id, self._run_slowly(statement, message, whole=True))
        return statement

    def stop(self, message_id: str) -> None:
        """Leave a message as it is."""
        task = self._tasks.get(message_id)
        if task is not None:
            task.cancel()

    async def close(self) -> None:
        """Stop all work and wait until it has stopped."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def start(self, name: str, work: Coroutine[None, None, None]) -> None:
        """Do some work in the background, under the name by which it is stopped."""
        task = asyncio.create_task(work)
        self._tasks[name] = task
        task.add_done_callback(lambda _task: self._tasks.pop(name, None))

    async def _answer(self, conversation: Conversation, message: Message) -> None:
        turn = message.turn
        resolution = self.analysts[message.space_id].resolve(message.content, conversation.context)
        draft = self._draft(message, resolution)
        queries = draft is not None
        statuses = turn.statuses or usual(queries=queries, cold=queries and next(self._queries) == 0)
        await self._pass_through(message, statuses, draft)
        if not turn.end:
            return
        if message.error is None and turn.end != FAILED:
            await self._complete(message, resolution, draft)
            conversation.context = conversation.context.after(resolution)
            self._finish(message, turn.end)
        else:
            message.error = message.error or (turn.error_type, turn.error)
            starters = self.analysts[message.space_id].starters
            message.attachments.append(SuggestionsAttachment(starters, new_id()))
            self._finish(message, FAILED)

    def _draft(self, message: Message, resolution: Resolution) -> Draft | None:
        if message.turn.sql:
            return Draft(message.content, "Runs the query that was ordered.", message.turn.sql)
        if not isinstance(resolution, Intent):
            return None
        return self.analysts[message.space_id].draft(resolution)

    async def _pass_through(self, message: Message, statuses: tuple[str, ...], draft: Draft | None) -> None:
        """Show each status for its time; the last EXECUTING_QUERY runs the query, earlier ones a bad one."""
        due, executions = time.monotonic(), statuses.count(EXECUTING_QUERY)
        for status, seconds in self._timing.steps(message.content, statuses):
            due += seconds
            message.turn_to(status)
            if status == EXECUTING_QUERY and draft is not None:
                executions -= 1
                await self._execute(message, draft, fails=executions > 0)
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _execute(self, message: Message, draft: Draft, *, fails: bool = False) -> None:
        """Run a query; one that `fails` names a table that is not there, which Genie then corrects."""
        if fails:
            draft = replace(draft, sql=draft.sql.replace("`orders`", "`order`", 1))
        attachment = QueryAttachment(draft, self._kept_statement(draft.statement, message), new_id())
        message.attachments.append(attachment)
        await self._run(attachment.statement)
        if fails:
            message.attachments.append(TextAttachment(_WILL_CORRECT, ANSWER, new_id()))
        elif attachment.statement.state == FAILED:
            message.error = ("SQL_EXECUTION_EXCEPTION", attachment.statement.error)

    def _kept_statement(self, sql: str, message: Message) -> Statement:
        statement = _statement(sql, message)
        self._store.statements[statement.statement_id] = statement
        return statement

    async def _run(self, statement: Statement, *, whole: bool = False) -> None:
        statement.state = "RUNNING"
        try:
            statement.result = await self._warehouse.run(statement.sql, statement.owner.rights, whole=whole)
        except StatementError as error:
            statement.state, statement.error = "FAILED", str(error)
        else:
            statement.state = "SUCCEEDED"

    async def _run_again(self, attachment: QueryAttachment, message: Message) -> None:
        await self._run_slowly(attachment.statement, message)
        if message.status == EXPIRED:
            message.turn_to(COMPLETED)

    async def _run_slowly(self, statement: Statement, message: Message, *, whole: bool = False) -> None:
        """Let a statement be pending for a while, and then run."""
        ((_, seconds),) = self._timing.steps(message.content, (EXECUTING_QUERY,))
        await asyncio.sleep(seconds / 2)
        statement.state = "RUNNING"
        await asyncio.sleep(seconds / 2)
        await self._run(statement, whole=whole)

    async def _complete(self, message: Message, resolution: Resolution, draft: Draft | None) -> None:
        turn = message.turn
        if draft is not None and EXECUTING_QUERY not in (turn.statuses or (EXECUTING_QUERY,)):
            await self._execute(message, draft)
        if turn.silent:
            message.attachments.clear()
        elif turn.end == COMPLETED:
            message.attachments += attachments(self.analysts[message.space_id], resolution, message)
        elif turn.end == EXPIRED:
            expire(message)

    def _finish(self, message: Message, status: str) -> None:
        message.turn_to(status)
        self._store.finished[message.message_id] = message.finished or message.updated


def _statement(sql: str, message: Message) -> Statement:
    about = (message.conversation_id, message.message_id)
    return Statement(sql, message.owner, about, message.turn)


def expire(message: Message) -> None:
    """Throw away the rows of an answer, as happens after some days."""
    for attachment in message.attachments:
        if isinstance(attachment, QueryAttachment):
            attachment.statement.state = "CLOSED"
            attachment.statement.result = None
    message.attachments = [each for each in message.attachments if isinstance(each, QueryAttachment)]
    message.turn_to(EXPIRED)
