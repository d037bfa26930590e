"""Conversations, messages and statements of the one Genie space, as plain state in memory."""

import secrets
import time
import uuid
from dataclasses import dataclass, field

from sandbox.databricks.analyst import Context, Draft
from sandbox.databricks.errors import DatabricksError, missing
from sandbox.databricks.identities import Identity
from sandbox.databricks.pace import FINAL, Turn
from sandbox.databricks.warehouse import Result


@dataclass(slots=True)
class Statement:
    """A run of a query; `state` is Databricks' StatementState."""

    sql: str
    owner: Identity
    turn: Turn = field(default_factory=Turn)
    statement_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    state: str = "PENDING"
    result: Result | None = None
    error: str = ""


@dataclass(slots=True)
class QueryAttachment:
    """The SQL that Genie wrote, with the statement of its latest run."""

    draft: Draft
    statement: Statement
    attachment_id: str
    updated: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True)
class TextAttachment:
    """Prose. The summary of an answer has no id."""

    content: str
    purpose: str
    attachment_id: str | None = None


@dataclass(frozen=True, slots=True)
class SuggestionsAttachment:
    """Questions to ask next."""

    questions: tuple[str, ...]
    attachment_id: str


@dataclass(frozen=True, slots=True)
class VizAttachment:
    """A chart of the rows of a query."""

    title: str
    query_attachment_id: str
    result: Result
    attachment_id: str


Attachment = QueryAttachment | TextAttachment | SuggestionsAttachment | VizAttachment


@dataclass(slots=True)
class Message:
    """One question and what has become of it so far. Times are in seconds since 1970."""

    content: str
    conversation_id: str
    owner: Identity
    message_id: str
    turn: Turn = field(default_factory=Turn)
    wants_chart: bool = False
    created: float = field(default_factory=time.time)
    updated: float = field(default_factory=time.time)
    status: str = "SUBMITTED"
    attachments: list[Attachment] = field(default_factory=list)
    error: tuple[str, str] | None = None
    """Type and text, when it failed."""
    rating: str = "NONE"
    comment: str = ""
    finished: float | None = None

    def turn_to(self, status: str) -> None:
        """Change the status; the first final one is the moment at which the message finished."""
        self.status, self.updated = status, time.time()
        if status in FINAL and self.finished is None:
            self.finished = self.updated


@dataclass(slots=True)
class Conversation:
    """Messages in order, and what Genie remembers of them."""

    title: str
    owner: Identity
    conversation_id: str
    created: float = field(default_factory=time.time)
    messages: dict[str, Message] = field(default_factory=dict)
    context: Context = field(default_factory=Context)

    @property
    def running(self) -> bool:
        """Whether a message is not answered yet."""
        return any(message.status not in FINAL for message in self.messages.values())


class Store:
    """Everything that was asked, found by id; what is not there or not the caller's own is refused."""

    def __init__(self) -> None:
        self._conversations: dict[str, Conversation] = {}
        self.statements: dict[str, Statement] = {}
        self.finished: dict[str, float] = {}
        """The moment at which each message finished, by its id, in seconds since 1970."""

    def open(self, title: str, owner: Identity) -> Conversation:
        """Open a conversation."""
        conversation = Conversation(title, owner, new_id())
        self._conversations[conversation.conversation_id] = conversation
        return conversation

    def conversations(self, owner: Identity) -> list[Conversation]:
        """Give the conversations of an identity, newest first."""
        return [each for each in reversed(self._conversations.values()) if each.owner.name == owner.name]

    def conversation(self, conversation_id: str, owner: Identity) -> Conversation:
        """Find a conversation."""
        conversation = self._conversations.get(conversation_id)
        if conversation is None:
            raise missing("Conversation", conversation_id)
        if conversation.owner.name != owner.name:
            raise DatabricksError(403, "PERMISSION_DENIED", "This conversation belongs to somebody else.")
        return conversation

    def message(self, conversation_id: str, message_id: str, owner: Identity) -> Message:
        """Find a message."""
        message = self.conversation(conversation_id, owner).messages.get(message_id)
        if message is None:
            raise missing("Message", message_id)
        return message

    def any_message(self, conversation_id: str, message_id: str) -> Message:
        """Find a message, whoever asked."""
        return self._conversations[conversation_id].messages[message_id]

    def forget(self, conversation: Conversation) -> None:
        """Delete a conversation."""
        del self._conversations[conversation.conversation_id]


def new_id() -> str:
    """Make an id as Genie's are today: 32 lower-case hex digits."""
    return f"01f1{secrets.token_hex(14)}"
