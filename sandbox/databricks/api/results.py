"""Rows: the results of Genie's queries, their reruns and their further chunks.

https://docs.databricks.com/api/workspace/genie/getmessageattachmentqueryresult
"""

from aiohttp import web

from sandbox.databricks.api import result_json
from sandbox.databricks.api.downloads import DownloadsApi
from sandbox.databricks.api.messages import ATTACHMENT, MESSAGE
from sandbox.databricks.api.requests import found_message, found_query, json_body, owned
from sandbox.databricks.errors import invalid, missing, wrong_state
from sandbox.databricks.genie.message_runner import MessageRunner
from sandbox.databricks.genie.store import QueryAttachment, Store
from sandbox.databricks.genie.timing import COMPLETED, EXECUTING_QUERY, EXPIRED

STATEMENT_CHUNK = "/api/2.0/sql/statements/{statement}/result/chunks/{chunk}"


class ResultsApi:
    """The endpoints that give rows, `chunk_rows` at a time."""

    def __init__(self, store: Store, runner: MessageRunner, downloads: DownloadsApi, chunk_rows: int) -> None:
        self._downloads = downloads
        self._store = store
        self._runner = runner
        self._chunk_rows = chunk_rows

    def routes(self) -> list[web.RouteDef]:
        """Give the routes, the deprecated ones included."""
        return [
            web.get(f"{ATTACHMENT}/query-result", self._rows, name="rows"),
            web.get(f"{MESSAGE}/query-result", self._rows, name="rows.message"),
            web.get(f"{MESSAGE}/query-result/{{attachment}}", self._rows, name="rows.deprecated"),
            web.post(f"{ATTACHMENT}/execute-query", self._execute, name="execute"),
            web.post(f"{MESSAGE}/execute-query", self._execute, name="execute.message"),
            web.get(STATEMENT_CHUNK, self._chunk, name="chunk"),
        ]

    async def _rows(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        attachment = found_query(request, message)
        rerunning = attachment.statement.state in {"PENDING", "RUNNING"}
        if message.status == EXPIRED and not rerunning:
            raise missing("Query result of attachment", attachment.attachment_id)
        if message.status not in {COMPLETED, EXECUTING_QUERY, EXPIRED}:
            raise wrong_state(message.status)
        return self._response(attachment)

    async def _execute(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        attachment = found_query(request, message)
        await json_body(request)
        if message.status not in {COMPLETED, EXPIRED}:
            raise wrong_state(message.status)
        self._runner.rerun(attachment, message)
        return self._response(attachment)

    async def _chunk(self, request: web.Request) -> web.Response:
        name, chunk = request.match_info["statement"], request.match_info["chunk"]
        index = int(chunk) if chunk.isdecimal() else -1
        exported = self._downloads.chunk(request, name, index)
        if exported is not None:
            return exported
        statement = self._store.statements.get(name)
        if statement is None:
            raise missing("Statement", name)
        owned(request, statement)
        if statement.result is None:
            raise missing("Statement", name)
        if not 0 <= index * self._chunk_rows < len(statement.result.rows):
            raise invalid("The chunk index is out of range.")
        body = result_json.chunk(statement, index, self._chunk_rows)
        return web.json_response(statement.turn.chunk(body))

    def _response(self, attachment: QueryAttachment) -> web.Response:
        return web.json_response(
            {"statement_response": result_json.statement(attachment.statement, self._chunk_rows)}
        )
