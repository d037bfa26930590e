"""Genie's Conversation API: spaces, conversations, messages, feedback.

https://docs.databricks.com/api/workspace/genie
"""

from aiohttp import web

from sandbox.databricks import wire
from sandbox.databricks.errors import DatabricksError, invalid, too_many
from sandbox.databricks.journal import ASKED, QuestionLimit
from sandbox.databricks.requests import caller, check_space, found_message, json_body, page
from sandbox.databricks.store import Conversation, Message, Store, new_id
from sandbox.databricks.thinking import Thinking

SPACE = "/api/2.0/genie/spaces/{space}"
CONVERSATION = f"{SPACE}/conversations/{{conversation}}"
MESSAGE = f"{CONVERSATION}/messages/{{message}}"
_LONGEST_QUESTION = 10_000
_LONGEST_COMMENT = 5_000
_RATINGS = frozenset({"POSITIVE", "NEGATIVE", "NONE"})


class GenieApi:
    """The endpoints of one space. Without `visualization` the workspace refuses to be asked for charts."""

    def __init__(
        self, store: Store, thinking: Thinking, limit: QuestionLimit, *, visualization: bool = True
    ) -> None:
        self._store = store
        self._thinking = thinking
        self._limit = limit
        self._visualization = visualization

    def routes(self) -> list[web.RouteDef]:
        """Give the routes; a name's first part is the kind that the journal writes."""
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
            web.post(f"{MESSAGE}/feedback", self._feedback, name="feedback"),
        ]

    async def _spaces(self, request: web.Request) -> web.Response:
        spaces, following = page(request, [wire.space()])
        return web.json_response({"spaces": spaces, "next_page_token": following})

    async def _space(self, request: web.Request) -> web.Response:
        check_space(request)
        if request.query.get("include_serialized_space", "").lower() == "true":
            raise DatabricksError(
                403, "PERMISSION_DENIED", 'You need "Can Edit" permission to perform this action.'
            )
        return web.json_response(wire.space())

    async def _start(self, request: web.Request) -> web.Response:
        content = await self._question(request)
        conversation = self._store.open(content, caller(request))
        message = self._ask(request, conversation, content)
        body = {
            "conversation_id": conversation.conversation_id,
            "message_id": message.message_id,
            "conversation": wire.conversation(conversation),
            "message": wire.message(message),
        }
        return web.json_response(message.turn.opening(body))

    async def _follow_up(self, request: web.Request) -> web.Response:
        content = await self._question(request)
        conversation = self._found_conversation(request)
        if conversation.running:
            message = "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION: another message of this conversation is running."
            raise DatabricksError(409, "ABORTED", message)
        return web.json_response(wire.message(self._ask(request, conversation, content)))

    async def _question(self, request: web.Request) -> str:
        """Count a question as it arrives, then read it."""
        wait = self._limit.admit()
        if wait is not None:
            raise too_many(wait)
        check_space(request)
        body = await json_body(request)
        content, visualization = body.get("content"), body.get("enable_visualization")
        if not isinstance(content, str) or not content.strip():
            raise invalid("content must not be empty.")
        if len(content) > _LONGEST_QUESTION:
            raise invalid(f"content must have at most {_LONGEST_QUESTION} characters.")
        if visualization is not None and not (self._visualization and isinstance(visualization, bool)):
            raise invalid("enable_visualization is not supported.")
        return content

    def _ask(self, request: web.Request, conversation: Conversation, content: str) -> Message:
        message = Message(content, conversation.conversation_id, caller(request), new_id())
        conversation.messages[message.message_id] = message
        request[ASKED] = (message.conversation_id, message.message_id)
        self._thinking.begin(conversation, message)
        return message

    async def _conversations(self, request: web.Request) -> web.Response:
        check_space(request)
        if request.query.get("include_all", "").lower() == "true":
            raise DatabricksError(
                403, "PERMISSION_DENIED", 'You need "Can Manage" permission to perform this action.'
            )
        found, following = page(request, self._store.conversations(caller(request)))
        summaries = [wire.conversation_summary(each) for each in found]
        return web.json_response({"conversations": summaries, "next_page_token": following})

    async def _messages(self, request: web.Request) -> web.Response:
        newest_first = list(reversed(self._found_conversation(request).messages.values()))
        found, following = page(request, newest_first)
        return web.json_response(
            {"messages": [wire.message(each) for each in found], "next_page_token": following}
        )

    async def _message(self, request: web.Request) -> web.Response:
        return web.json_response(wire.message(found_message(request, self._store)))

    async def _delete_conversation(self, request: web.Request) -> web.Response:
        conversation = self._found_conversation(request)
        for message_id in conversation.messages:
            self._thinking.stop(message_id)
        self._store.forget(conversation)
        return web.json_response({})

    async def _delete_message(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        self._thinking.stop(message.message_id)
        del self._found_conversation(request).messages[message.message_id]
        return web.json_response({})

    async def _feedback(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        body = await json_body(request)
        rating, comment = body.get("rating"), body.get("comment", "")
        if rating not in _RATINGS:
            raise invalid("rating must be POSITIVE, NEGATIVE or NONE.")
        if not isinstance(comment, str) or len(comment) > _LONGEST_COMMENT:
            raise invalid(f"comment must be text of at most {_LONGEST_COMMENT} characters.")
        message.rating, message.comment = rating, comment
        return web.json_response({})

    def _found_conversation(self, request: web.Request) -> Conversation:
        check_space(request)
        return self._store.conversation(request.match_info["conversation"], caller(request))
