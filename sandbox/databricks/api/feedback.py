"""What people think of a message: feedback, and comments on it.

https://docs.databricks.com/api/workspace/genie/sendmessagefeedback
"""

from typing import Any

from aiohttp import web

from sandbox.databricks.api import message_json
from sandbox.databricks.api.messages import CONVERSATION, MESSAGE
from sandbox.databricks.api.requests import caller, found_conversation, found_message, json_body, page
from sandbox.databricks.errors import invalid
from sandbox.databricks.genie.store import Comment, Message, Store, new_id

_LONGEST = 5_000
_RATINGS = frozenset({"POSITIVE", "NEGATIVE", "NONE"})


class FeedbackApi:
    """The endpoints of feedback and comments; comments come oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.post(f"{MESSAGE}/feedback", self._feedback, name="feedback"),
            web.post(f"{MESSAGE}/comments", self._comment, name="comment"),
            web.get(f"{MESSAGE}/comments", self._of_message, name="list.comments"),
            web.get(f"{CONVERSATION}/list-comments", self._of_conversation, name="list.conversation"),
        ]

    async def _feedback(self, request: web.Request) -> web.Response:
        """Keep the latest rating; its comment becomes one of the message, too."""
        message = found_message(request, self._store)
        body = await json_body(request)
        rating, comment = body.get("rating"), body.get("comment")
        if rating not in _RATINGS:
            raise invalid("rating must be POSITIVE, NEGATIVE or NONE.")
        words = "" if comment is None else _words(comment)
        if words:
            message.comments.append(Comment(words, caller(request), new_id()))
        message.rating, message.comment = rating, words
        return web.json_response({})

    async def _comment(self, request: web.Request) -> web.Response:
        message = found_message(request, self._store)
        content = _words((await json_body(request)).get("content"))
        if not content.strip():
            raise invalid("content must not be empty.")
        comment = Comment(content, caller(request), new_id())
        message.comments.append(comment)
        return web.json_response(message_json.comment(comment, message))

    async def _of_message(self, request: web.Request) -> web.Response:
        return _listed(request, [found_message(request, self._store)])

    async def _of_conversation(self, request: web.Request) -> web.Response:
        return _listed(request, list(found_conversation(request, self._store).messages.values()))


def _listed(request: web.Request, messages: list[Message]) -> web.Response:
    everything = [(comment, message) for message in messages for comment in message.comments]
    found, following = page(request, sorted(everything, key=lambda pair: pair[0].created))
    comments = [message_json.comment(comment, message) for comment, message in found]
    return web.json_response({"comments": comments, "next_page_token": following})


def _words(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise invalid(f"A comment must be text of at most {_LONGEST} characters.")
    return value
