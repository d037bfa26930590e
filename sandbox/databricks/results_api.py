"""Rows: the results of Genie's queries, their reruns and their further chunks.

https://docs.databricks.com/api/workspace/genie/getmessageattachmentqueryresult
"""

from aiohttp import web

from sandbox.databricks import wire
from sandbox.databricks.errors import DatabricksError, invalid, missing
from sandbox.databricks.genie_api import MESSAGE
from sandbox.databricks.pace import COMPLETED, EXECUTING_QUERY, EXPIRED
from sandbox.databricks.requests import caller, found_message, json_body
from sandbox.databricks.store import Message, QueryAttachment, Store
from sandbox.databricks.thinking import Thinking

_ATTACHMENT = f"{MESSAGE}/attachments/{{attachment}}"


class ResultsApi:
    """The endpoints that give rows, `chunk_rows` at a time."""

    def __init__(self, store: Store, thinking: Thinking, chunk_rows: int) -> None:
        self._store = store
        self._thinking = thinking
        self._chunk_rows = chunk_rows

    def routes(self) -> list[web.RouteDef]:
        """Give the routes, the deprecated ones and those that this workspace has not switched on included."""
        statement = "/api/2.0/sql/statements/{statement}/result/chunks/{chunk}"
        return [
            web.get(f"{_ATTACHMENT}/query-result", self._rows, name="rows"),
            web.get(f"{MESSAGE}/query-result", self._rows, name="rows.message"),
            web.get(f"{MESSAGE}/query-result/{{attachment}}", self._rows, name="rows.deprecated"),
            web.post(f"{_ATTACHMENT}/execute-query", self._execute, name="execute"),
            web.post(f"{MESSAGE}/execute-query", self._execute, name="execute.message"),
            web.get(statement, self._chunk, name="chunk"),
            web.post(f"{_ATTACHMENT}/downloads", _switched_off),
            web.get(f"{_ATTACHMENT}/downloads/{{download}}", _switched_off),
            web.get(f"{_ATTACHMENT}/download-visualization", self._no_visualization),
            web.route("*", f"{MESSAGE}/comments", _switched_off),
        ]

    async def _rows(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        attachment = _query(request, message)
        rerunning = attachment.statement.state in {"PENDING", "RUNNING"}
        if message.status == EXPIRED and not rerunning:
            raise missing("Query result of attachment", attachment.attachment_id)
        if message.status not in {COMPLETED, EXECUTING_QUERY, EXPIRED}:
            raise _wrong_state(message)
        return self._response(attachment)

    async def _execute(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        attachment = _query(request, message)
        await json_body(request)
        if message.status not in {COMPLETED, EXPIRED}:
            raise _wrong_state(message)
        self._thinking.rerun(attachment, message)
        return self._response(attachment)

    async def _chunk(self, request: web.Request) -> web.Response:
        name, chunk = request.match_info["statement"], request.match_info["chunk"]
        statement = self._store.statements.get(name)
        if statement is None or statement.result is None or statement.owner.name != caller(request).name:
            raise missing("Statement", name)
        index = int(chunk) if chunk.isdecimal() else -1
        if not 0 <= index * self._chunk_rows < len(statement.result.rows):
            raise invalid("The chunk index is out of range.")
        body = wire.chunk(statement, index, self._chunk_rows)
        return web.json_response(statement.turn.chunk(body))

    async def _no_visualization(self, request: web.Request) -> web.Response:
        found_message(request, self._store)
        raise missing("Visualization", request.match_info["attachment"])

    def _response(self, attachment: QueryAttachment) -> web.Response:
        return web.json_response(
            {"statement_response": wire.statement(attachment.statement, self._chunk_rows)}
        )


async def _switched_off(_request: web.Request) -> web.Response:
    raise DatabricksError(404, "FEATURE_DISABLED", "This feature is not enabled in this workspace.")


def _query(request: web.Request, message: Message) -> QueryAttachment:
    """Find the query that the path names, or the last one of the message where the path names none."""
    queries = [each for each in message.attachments if isinstance(each, QueryAttachment)]
    wanted = request.match_info.get("attachment")
    if wanted is not None:
        if any(wanted == each.attachment_id for each in message.attachments if each not in queries):
            raise invalid("The attachment holds no query.")
        queries = [each for each in queries if each.attachment_id == wanted]
    if not queries:
        raise missing("Attachment", wanted or "with a query")
    return queries[-1]


def _wrong_state(message: Message) -> DatabricksError:
    return DatabricksError(
        400, "INVALID_STATE", f"The message is {message.status}; there is no result to give."
    )
