"""Genie's Conversation API: spaces, conversations, messages.

https://docs.databricks.com/api/workspace/genie
"""

from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from sandbox.databricks.agent_mode.settings import AgentMode
from sandbox.databricks.api import message_json
from sandbox.databricks.api.request_log import ABOUT, QuestionLimit
from sandbox.databricks.api.requests import (
    caller,
    found_conversation,
    found_message,
    found_space,
    json_body,
    page,
)
from sandbox.databricks.errors import DatabricksError, invalid, too_many, unsupported_conversation
from sandbox.databricks.genie.message_runner import MessageRunner
from sandbox.databricks.genie.store import Conversation, Message, Store, new_id
from sandbox.databricks.genie.timing import FAILED, Turn

SPACE = "/api/2.0/genie/spaces/{space}"
CONVERSATION = f"{SPACE}/conversations/{{conversation}}"
MESSAGE = f"{CONVERSATION}/messages/{{message}}"
ATTACHMENT = f"{MESSAGE}/attachments/{{attachment}}"
_LONGEST_QUESTION = 10_000
Visualization = Literal["offered", "rejected", "ignored"]
"""What a workspace does with `enable_visualization`: charts, 400, or nothing."""

_IN_AN_AGENTS = Turn(end=FAILED, error_type="UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION")


@dataclass(frozen=True, slots=True)
class _Question:
    content: str
    wants_chart: bool = False


class GenieApi:
    """The endpoints of spaces."""

    def __init__(
        self,
        store: Store,
        runner: MessageRunner,
        limit: QuestionLimit,
        visualization: Visualization,
        mode: AgentMode,
    ) -> None:
        self._store = store
        self._runner = runner
        self._limit = limit
        self._visualization = visualization
        self._mode = mode

    def routes(self) -> list[web.RouteDef]:
        """Give the routes; a name's first part is the kind that the request log writes."""
        return [
            web.get("/api/2.0/genie/spaces", self._spaces, name="list.spaces"),
            web.get(SPACE, self._space, name="space"),
            web.post(f"{SPACE}/start-conversation", self._start, name="question.start"),
            web.get(f"{SPACE}/conversations", self._conversations, name="list.conversations"),
            web.delete(CONVERSATION, self._delete_conversation, name="delete.conversation"),
            web.post(f"{CONVERSATION}/messages", self._follow_up, name="question.message"),
            web.get(f"{CONVERSATION}/messages", self._messages, name="list.messages"),
            web.get(MESSAGE, self._message, name="poll"),
            web.delete(MESSAGE, self._delete_message, name="delete.message"),
        ]

    async def _spaces(self, request: web.Request) -> web.Response:
        mine = [space for space in self._store.spaces if caller(request).rights.can_see(space.title)]
        spaces, following = page(request, mine)
        body = {"spaces": [message_json.space(each) for each in spaces], "next_page_token": following}
        return web.json_response(body)

    async def _space(self, request: web.Request) -> web.Response:
        space = found_space(request, self._store)
        serialized = request.query.get("include_serialized_space", "").lower() == "true"
        if serialized and not caller(request).rights.can_edit:
            raise DatabricksError(
                403, "PERMISSION_DENIED", 'You need "Can Edit" permission to perform this action.'
            )
        definition = message_json.definition(space) if serialized else {}
        return web.json_response(message_json.space(space) | definition)

    async def _start(self, request: web.Request) -> web.Response:
        question = await self._question(request)
        space = found_space(request, self._store)
        conversation = self._store.open(question.content, space, caller(request))
        message = self._ask(request, conversation, question)
        body = {
            "conversation_id": conversation.conversation_id,
            "message_id": message.message_id,
            "conversation": message_json.conversation(conversation),
            "message": message_json.message(message),
        }
        return web.json_response(message.turn.opening(body))

    async def _follow_up(self, request: web.Request) -> web.Response:
        question = await self._question(request)
        conversation = found_conversation(request, self._store)
        if conversation.agent and self._mode.wrong_mode == "refused":
            raise unsupported_conversation()
        if conversation.running:
            message = "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION: another message of this conversation is running."
            raise DatabricksError(409, "ABORTED", message)
        return web.json_response(message_json.message(self._ask(request, conversation, question)))

    async def _question(self, request: web.Request) -> _Question:
        """Count a question as it arrives, then read it."""
        wait = self._limit.admit()
        if wait is not None:
            raise too_many(wait)
        found_space(request, self._store)
        body = await json_body(request)
        content, visualization = body.get("content"), body.get("enable_visualization")
        if not isinstance(content, str) or not content.strip():
            raise invalid("content must not be empty.")
        if len(content) > _LONGEST_QUESTION:
            raise invalid(f"content must have at most {_LONGEST_QUESTION} characters.")
        if self._visualization == "ignored" or visualization is None:
            return _Question(content)
        if self._visualization == "rejected" or not isinstance(visualization, bool):
            raise invalid("enable_visualization is not supported.")
        return _Question(content, wants_chart=visualization)

    def _ask(self, request: web.Request, conversation: Conversation, question: _Question) -> Message:
        message = Message(
            question.content,
            conversation.space_id,
            conversation.conversation_id,
            caller(request),
            new_id(),
            wants_chart=question.wants_chart,
        )
        conversation.messages[message.message_id] = message
        request[ABOUT] = (message.conversation_id, message.message_id)
        self._runner.begin(conversation, message, _IN_AN_AGENTS if conversation.agent else None)
        return message

    async def _conversations(self, request: web.Request) -> web.Response:
        space = found_space(request, self._store)
        if request.query.get("include_all", "").lower() == "true":
            raise DatabricksError(
                403, "PERMISSION_DENIED", 'You need "Can Manage" permission to perform this action.'
            )
        found, following = page(request, self._store.conversations(space, caller(request)))
        summaries = [message_json.conversation_summary(each) for each in found]
        return web.json_response({"conversations": summaries, "next_page_token": following})

    async def _messages(self, request: web.Request) -> web.Response:
        newest_first = list(reversed(found_conversation(request, self._store).messages.values()))
        found, following = page(request, newest_first)
        return web.json_response(
            {"messages": [message_json.message(each) for each in found], "next_page_token": following}
        )

    async def _message(self, request: web.Request) -> web.Response:
        return web.json_response(message_json.message(found_message(request, self._store)))

    async def _delete_conversation(self, request: web.Request) -> web.Response:
        conversation = found_conversation(request, self._store)
        for message_id in conversation.messages:
            self._runner.stop(message_id)
        self._store.forget(conversation)
        return web.json_response({})

    async def _delete_message(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        self._runner.stop(message.message_id)
        del found_conversation(request, self._store).messages[message.message_id]
        return web.json_response({})
