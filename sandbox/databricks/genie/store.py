"""Genie spaces, their conversations, messages and statements, as plain state in memory."""

import secrets
import time
import uuid
from dataclasses import dataclass, field

from sandbox.databricks.errors import DatabricksError, missing
from sandbox.databricks.genie.sample_spaces import SampleSpace
from sandbox.databricks.genie.timing import FINAL, Turn
from sandbox.databricks.identities import Identity
from sandbox.databricks.language.analyst import Context, Draft
from sandbox.databricks.warehouse.warehouse import Result

SPACE_ID = "01ef9c8b7a6512349f0e1d2c3b4a5968"
"""The first space; the ids of further ones count on from it."""


@dataclass(frozen=True, slots=True)
class Space:
    """A place to ask."""

    space_id: str
    sample: SampleSpace

    @property
    def title(self) -> str:
        """What it is called."""
        return self.sample.title


@dataclass(slots=True)
class Statement:
    """A run of a query; `state` is Databricks' StatementState."""

    sql: str
    owner: Identity
    about: tuple[str, str]
    """The conversation and the message that it is run for."""
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


@dataclass(frozen=True, slots=True)
class Comment:
    """A user's comment on a message."""

    content: str
    owner: Identity
    comment_id: str
    created: float = field(default_factory=time.time)


@dataclass(slots=True)
class Message:
    """One question and its answer so far. Times are in seconds since 1970."""

    content: str
    space_id: str
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
    comments: list[Comment] = field(default_factory=list)
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
    space_id: str
    owner: Identity
    conversation_id: str
    agent: bool = False
    """Whether it is one of agent mode."""
    created: float = field(default_factory=time.time)
    messages: dict[str, Message] = field(default_factory=dict)
    context: Context = field(default_factory=Context)

    @property
    def running(self) -> bool:
        """Whether a message is not answered yet."""
        return any(message.status not in FINAL for message in self.messages.values())


class Store:
    """Everything that was asked, found by id; what is not there or not the caller's own is refused."""

    def __init__(self, *samples: SampleSpace) -> None:
        numbers = range(int(SPACE_ID, 16), int(SPACE_ID, 16) + len(samples))
        ids = [f"{number:032x}" for number in numbers]
        self.spaces = tuple(Space(each, sample) for each, sample in zip(ids, samples, strict=True))
        self._conversations: dict[str, Conversation] = {}
        self.statements: dict[str, Statement] = {}
        self.finished: dict[str, float] = {}
        """The moment at which each message finished, by its id, in seconds since 1970."""

    def space(self, space_id: str) -> Space:
        """Find a space."""
        for space in self.spaces:
            if space.space_id == space_id:
                return space
        raise missing("Space", space_id)

    def open(self, title: str, space: Space, owner: Identity, *, agent: bool = False) -> Conversation:
        """Open a conversation of chat mode or of agent mode."""
        conversation = Conversation(title, space.space_id, owner, new_id(), agent)
        self._conversations[conversation.conversation_id] = conversation
        return conversation

    def conversations(self, space: Space, owner: Identity) -> list[Conversation]:
        """Give the conversations of an identity in a space, newest first."""
        found = reversed(self._conversations.values())
        return [each for each in found if (each.space_id, each.owner.name) == (space.space_id, owner.name)]

    def conversation(self, space: Space, conversation_id: str, owner: Identity) -> Conversation:
        """Find a conversation of a space."""
        conversation = self._conversations.get(conversation_id)
        if conversation is None or conversation.space_id != space.space_id:
            raise missing("Conversation", conversation_id)
        if conversation.owner.name != owner.name:
            raise DatabricksError(403, "PERMISSION_DENIED", "This conversation belongs to somebody else.")
        return conversation

    def any_message(self, conversation_id: str, message_id: str) -> Message:
        """Find a message of any owner."""
        return self._conversations[conversation_id].messages[message_id]

    def forget(self, conversation: Conversation) -> None:
        """Delete a conversation."""
        del self._conversations[conversation.conversation_id]


def new_id() -> str:
    """Make an id as Genie's are today: 32 lower-case hex digits."""
    return f"01f1{secrets.token_hex(14)}"
