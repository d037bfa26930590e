"""A question and how far it has come: the data that Redis keeps and every process shares."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from genie.model import MessageRef


class Surface(StrEnum):
    """Where in Slack somebody asked."""

    MENTION = "mention"
    REPLY = "reply"
    DIRECT = "direct"
    COMMAND = "command"
    BUTTON = "button"
    MENU = "menu"
    """No question but an order about its thread, which goes the same way."""


class State(StrEnum):
    """How far a question has come; each is saved before the next step begins."""

    RECEIVED = "received"
    ANNOUNCED = "announced"
    ASKING = "asking"
    BLOCKED = "blocked"
    """Another question is running in the conversation; its end is waited for without a token."""
    ASKED = "asked"
    ANSWERED = "answered"
    SHOWN = "shown"
    """The answer is in Slack; its chart and files may still be on their way."""
    DELIVERED = "delivered"
    OVERDUE = "overdue"
    """The deadline passed and the thread was told; "Check again" goes on from here."""
    TELLING = "telling"
    """The thread has begun anew, which is to be told there."""
    FORGETTING = "forgetting"
    """The conversations of a thread are to be deleted."""
    SHARING = "sharing"
    """An answer is to be shown in the channel of its thread."""
    OPENING = "opening"
    """A question is to be asked in a direct message, so that only its asker sees the answer."""
    PUBLISHING = "publishing"
    """An answer that only its asker sees is to be posted for everybody."""
    DISMISSING = "dismissing"
    """It is to be taken away."""
    REDRAWING = "redrawing"
    """An answer is to show another chart."""
    REFUSED = "refused"
    """An order came to nothing, and may be given again."""
    RATED = "rated"
    """Somebody has rated an answer, which Genie is to be told."""
    EXPORTING = "exporting"
    """The rows of an answer are to be shared as a file."""
    INSIGHTS = "insights"
    """The figures of an answer are to be computed and put into words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A thread in Slack; `thread` is the `ts` of its first message, None while we have yet to post that."""

    team: str
    channel: str
    thread: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, as Slack sent it; never changes."""

    id: str
    text: str = field(repr=False)
    """Slack's own form: mentions as `<@U…>`, the three control characters escaped."""
    place: Place
    asker: str
    surface: Surface
    written_at: int = 0
    """Microseconds since 1970 by Slack's clock; decides who was first."""
    external: bool = False
    """The asker belongs to another company that shares this channel."""
    response_url: str | None = field(default=None, repr=False)
    """Lets us answer the asker of a slash command where we may not post."""
    fresh: bool = False
    """Wants a new conversation."""
    about: str = ""
    """The question whose answer an order is about."""
    wish: str = ""
    """What an order wants of that answer, in its own words."""
    asked_in: str = ""
    """The channel in which somebody asked privately; the answer is in their direct messages."""

    @property
    def queue_name(self) -> str:
        """Whose turn in the fair line this question takes."""
        return f"{self.place.team}.{self.asker}"

    def to_json(self) -> str:
        """Return the form that Redis keeps."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Question":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        return cls(**data | {"place": Place(**data["place"]), "surface": Surface(data["surface"])})


def published(question_id: str) -> str:
    """Return the id of the order to post a private answer for everybody, and then of what it shows."""
    return f"{question_id}.publish"


NUMBERS = ("tries", "asking_at", "asked_at", "blocked_at", "polls", "failures_in_a_row", "shown_at",
           "repeated", "fresh", "plain")  # fmt: skip
"""The fields of `Progress` that are whole numbers."""

RENAMED = {"looks": "polls", "setbacks": "failures_in_a_row", "rung": "variant"}
"""Fields of `Progress` in records of an older version, and their names now."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been saved about a question on its way; times are milliseconds by Redis's clock."""

    state: State
    thread: str | None = None
    ts: str | None = None
    """The message that becomes the answer."""
    text: str = field(default="", repr=False)
    """The question in the words that Genie gets."""
    said: str = ""
    """What the placeholder says now, so that it is edited only when there is news."""
    tries: int = 0
    asking_at: int = 0
    asked_at: int = 0
    blocked_at: int = 0
    """When the question first found its conversation occupied."""
    polls: int = 0
    status: str = ""
    shown: str = ""
    """What Slack was told last for its status line, at `shown_at`."""
    shown_at: int = 0
    space: str = ""
    conversation: str = ""
    message: str = ""
    failures_in_a_row: int = 0
    """Times in a row that Genie could not be reached: to ask this question, or to look at it."""
    into: str = ""
    """The conversation in which it was last about to be asked; empty for a new one."""
    repeated: int = 0
    """1 once the bot has asked again by itself, which it does only once."""
    fresh: int = 0
    """1 if it is to be asked in a new conversation, whatever its thread has."""
    refused: str = ""
    """The name of the cause for which it ends, once it is clear that it cannot be asked."""
    plain: int = 0
    """1 once it was refused with the wish for a chart, and is asked without."""
    left: str = "[]"
    """JSON: of an order to forget, the conversations to be deleted, as pairs of space and conversation."""
    note: str = ""
    """What the answer says about its conversation."""
    variant: str = ""
    """The name of the reply's variant that Slack took."""
    files: str = "{}"
    """JSON: ids by name of files uploaded for the thread, so that a successor does not share them twice."""

    @property
    def ref(self) -> MessageRef:
        """Where the question lives in Genie."""
        return MessageRef(self.space, self.conversation, self.message)

    @classmethod
    def from_hash(cls, fields: Mapping[str, str]) -> "Progress":
        """Read the saved fields; absent ones keep their defaults."""
        fields = {new: fields[old] for old, new in RENAMED.items() if old in fields} | dict(fields)
        known: dict[str, Any] = {name: fields[name] for name in cls.__slots__ if name in fields}
        known |= {name: int(known[name]) for name in NUMBERS if name in known}
        return cls(**known | {"state": State(fields["state"])})


@dataclass(frozen=True, slots=True)
class Lease:
    """A question that this worker works on, until `save`, `park` or `finish` gives it back."""

    question: Question
    progress: Progress
    owner: str
    """Names this lease alone: a worker that has lost its lease can no longer save."""
    now: int
    """Redis's time of the claim, in milliseconds."""
    since: float
    """This process's monotonic time just before the claim, in seconds."""
    granted: bool = False
    """Whether a fresh token for one question POST came with this lease."""

    @property
    def again(self) -> bool:
        """Whether somebody held the question for this very step before, and may have done a part of it."""
        return self.progress.tries > 1

    @property
    def thread(self) -> str:
        """The thread to answer in; empty only before the root message of a slash command is posted."""
        return self.progress.thread or self.question.place.thread or ""
