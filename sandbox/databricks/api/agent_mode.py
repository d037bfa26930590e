"""Agent mode: its stream of events, the items of a conversation, and the cancel of a run.

https://docs.databricks.com/api/genie/v1/agent-mode-create-response
"""

from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.databricks.agent_mode.frames import KEEP_ALIVE, frame
from sandbox.databricks.agent_mode.run import IN_PROGRESS, AgentRun
from sandbox.databricks.agent_mode.runner import AgentRunner
from sandbox.databricks.agent_mode.settings import AgentMode
from sandbox.databricks.api import message_json
from sandbox.databricks.api.messages import Visualization
from sandbox.databricks.api.request_log import ABOUT, QuestionLimit
from sandbox.databricks.api.requests import caller, found_conversation, found_space, json_body
from sandbox.databricks.errors import DatabricksError, invalid, missing, too_many, unsupported_conversation
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.store import Conversation, Message, Store, new_id
from sandbox.databricks.genie.timing import Turn
from sandbox.faults import STREAM

AGENT = "/api/2.0/genie/agents/{space}"
CONVERSATION = f"{AGENT}/conversations/{{conversation}}"
_LONGEST, _MOST_BYTES = 10_000, 25_000
_ITEMS, _MOST_ITEMS = 20, 100
_FIELDS = frozenset({"input", "conversation_id", "enable_viz"})
_IGNORED = frozenset({"stream", "model"})
"""What clients of another vendor's protocol insist on."""
_THE_END: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    conversation_id: str | None
    wants_chart: bool


class AgentModeApi:
    """The endpoints of agents."""

    def __init__(
        self,
        store: Store,
        runner: AgentRunner,
        limit: QuestionLimit,
        mode: AgentMode,
        visualization: Visualization,
    ) -> None:
        self._store, self._runner, self._limit = store, runner, limit
        self._mode, self._visualization = mode, visualization

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.post(f"{AGENT}/responses", self._respond, name="research"),
            web.get(f"{CONVERSATION}/items", self._items, name="items"),
            web.post(f"{CONVERSATION}/responses/{{response}}/cancel", self._cancel, name="cancel"),
        ]

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        self._switched_on()
        wait = self._limit.admit()
        if wait is not None:
            raise too_many(wait if self._mode.retry_after else None)
        space = found_space(request, self._store)
        asked = self._asked(await json_body(request))
        turn = None
        if asked.conversation_id is None:
            conversation = self._store.open(asked.text, space, caller(request), agent=True)
        else:
            conversation = self._store.conversation(space, asked.conversation_id, caller(request))
            turn = self._of_other_mode(conversation)
        if self._busy(conversation):
            raise DatabricksError(409, "ABORTED", "A response is already being made for this conversation.")
        return await self._stream(request, self._begin(request, conversation, asked, turn))

    def _begin(
        self, request: web.Request, conversation: Conversation, asked: _Asked, turn: Turn | None
    ) -> AgentRun:
        ids = (conversation.space_id, conversation.conversation_id)
        message = Message(asked.text, *ids, caller(request), new_id())
        conversation.messages[message.message_id] = message
        request[ABOUT] = (message.conversation_id, message.message_id)
        run = AgentRun(message, asked.wants_chart, str(request.url.origin()))
        self._runner.begin(conversation, run, turn)
        return run

    async def _stream(self, request: web.Request, run: AgentRun) -> web.StreamResponse:
        """Send the events of a run as they come; who leaves does not stop it."""
        fault = request.get(STREAM)
        if fault is not None and fault.cut is None:
            return web.Response()
        cut = None if fault is None else fault.cut
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        try:
            await response.prepare(request)
            if not await self._sent(run, response, cut):
                await response.write_eof()
                return response
        except ConnectionResetError:
            return response  # the client has gone meanwhile
        if fault is not None and fault.with_run:
            self._runner.break_off(run)
        if request.transport is not None:
            request.transport.close()
        return response

    async def _sent(self, run: AgentRun, response: web.StreamResponse, cut: int | None) -> bool:
        """Send the events of a run to its end, or so many that the stream is `cut`."""
        sent = 0
        async with aclosing(run.follow(self._mode.keep_alive)) as events:
            while sent != cut:
                event = await anext(events, _THE_END)
                if event is _THE_END:
                    return False
                if event is None:
                    await response.write(KEEP_ALIVE)
                elif event["sequence_number"] not in run.turn.lost:
                    await response.write(frame(event, run.turn))
                    sent += 1
        return True

    async def _items(self, request: web.Request) -> web.Response:
        self._switched_on()
        if not self._mode.items:
            raise DatabricksError(404, "ENDPOINT_NOT_FOUND", f"No API found for 'GET {request.path}'")
        conversation = found_conversation(request, self._store)
        if not conversation.agent:
            raise unsupported_conversation()
        runs = self._runner.of(conversation.conversation_id)
        everything = [item for run in runs for item in run.listed(self._input_id(run))]
        found, more = _page(request, everything)
        return web.json_response(
            {
                "object": "list",
                "status": runs[-1].status,
                "data": found,
                "first_id": found[0]["id"] if found else None,
                "last_id": found[-1]["id"] if found else None,
                "has_more": more,
            }
        )

    def _input_id(self, run: AgentRun) -> str:
        return run.response_id if self._mode.input_ids == "response" else run.message.message_id

    async def _cancel(self, request: web.Request) -> web.Response:
        self._switched_on()
        conversation = found_conversation(request, self._store)
        wanted = request.match_info["response"]
        run = next(
            (e for e in self._runner.of(conversation.conversation_id) if e.response_id == wanted), None
        )
        if run is None or (run.status != IN_PROGRESS and self._mode.late_cancel == 404):  # noqa: PLR2004
            raise missing("Response", wanted)
        request[ABOUT] = (conversation.conversation_id, run.message.message_id)
        await json_body(request)
        if run.status == IN_PROGRESS:
            run.cancel()
            if self._mode.cancel_waits:
                await run.settled.wait()
        elif self._mode.late_cancel == 400:  # noqa: PLR2004 - the setting
            raise DatabricksError(400, "INVALID_STATE", f"The response is {run.status}.")
        return web.json_response(message_json.message(run.message))

    def _busy(self, conversation: Conversation) -> bool:
        """Whether something runs in a conversation; chat mode may still show as running what has ended."""
        runs = self._runner.of(conversation.conversation_id)
        return any(run.ended is None for run in runs) or (conversation.running and not conversation.agent)

    def _switched_on(self) -> None:
        if not self._mode.enabled:
            raise DatabricksError(404, "FEATURE_DISABLED", "Agent mode is not enabled in this workspace.")

    def _of_other_mode(self, conversation: Conversation) -> Turn | None:
        """Refuse a conversation of chat mode, or give the turn that fails in it."""
        if conversation.agent:
            return None
        if self._mode.wrong_mode == "refused":
            raise unsupported_conversation()
        error = {
            "type": "UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION",
            "message": "Not a conversation of an agent.",
        }
        return Turn(agent=AgentTurn(end="failed", error=error, queries=0))

    def _asked(self, body: dict[str, Any]) -> _Asked:
        try:
            text = _text(body["input"])
        except (KeyError, TypeError, ValueError) as error:
            raise self._bad_body("input must be exactly one user message.") from error
        unknown = body.keys() - _FIELDS - _IGNORED
        if unknown:
            raise invalid(f"Unknown field: {min(unknown)}.")
        if not text.strip():
            raise invalid("The text must not be blank.")
        if len(text) > _LONGEST or len(text.encode()) > _MOST_BYTES:
            raise invalid(f"The text must have at most {_LONGEST} characters and {_MOST_BYTES} bytes.")
        conversation_id = body.get("conversation_id")
        if conversation_id is not None and (not isinstance(conversation_id, str) or not conversation_id):
            raise invalid("conversation_id must be text.")
        return _Asked(text, conversation_id, self._wants_chart(body))

    def _bad_body(self, text: str) -> DatabricksError:
        return invalid(text) if self._mode.bad_body == 400 else DatabricksError(500, "INTERNAL_ERROR", "")  # noqa: PLR2004

    def _wants_chart(self, body: dict[str, Any]) -> bool:
        wish = body.get("enable_viz", self._mode.charts_by_default)
        if not isinstance(wish, bool):
            raise invalid("enable_viz must be true or false.")
        if "enable_viz" in body and self._visualization == "rejected":
            raise self._bad_body("enable_viz is not supported.")
        return wish and self._visualization == "offered"


def _text(messages: Any) -> str:
    """Read the one message of a user; anything else raises an error of a lookup or of a type."""
    (message,) = messages
    if (message["type"], message["role"]) != ("message", "user") or isinstance(message["content"], str):
        raise ValueError
    if any(part["type"] != "input_text" or not isinstance(part["text"], str) for part in message["content"]):
        raise ValueError
    return "\n".join(part["text"] for part in message["content"])


def _page(request: web.Request, everything: list[Any]) -> tuple[list[Any], bool]:
    """Cut one page of items; give it with whether more follow. Newest first unless asked otherwise."""
    order, limit = request.query.get("order", "desc"), request.query.get("limit", str(_ITEMS))
    if order not in {"asc", "desc"}:
        raise invalid("order must be asc or desc.")
    if not (limit.isdecimal() and 1 <= int(limit) <= _MOST_ITEMS):
        raise invalid(f"limit must be between 1 and {_MOST_ITEMS}.")
    ordered = everything if order == "asc" else everything[::-1]
    after, start = request.query.get("after"), 0
    if after is not None:
        places = [place for place, item in enumerate(ordered, 1) if item["id"] == after]
        if not places:
            raise invalid("after names no item of this conversation.")
        start = places[0]
    end = start + int(limit)
    return ordered[start:end], end < len(ordered)
