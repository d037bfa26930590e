"""Questions with their progress: the records that Redis keeps."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from bot.identity.model import SlackUser
from genie.model import MessageRef


class Surface(StrEnum):
    """Where in Slack a question was asked."""

    MENTION = "mention"
    REPLY = "reply"
    DIRECT = "direct"
    COMMAND = "command"
    BUTTON = "button"


class Notice(StrEnum):
    """What a message gets that is no question about data: words of the bot's own, without Genie."""

    NONE = ""
    HELP = "help"
    THANKS = "thanks"
    NO_FILES = "no files"


class Aside(StrEnum):
    """What only the writer of a message is told about it."""

    OFFER = "offer"
    """It may be asked of Genie."""
    AS_MYSELF = "as myself"
    """It may be asked with the own rights, privately."""
    NO_FILES = "no files"
    TOO_MANY_BY_PERSON = "too many by person"
    """As many questions of its writer wait already as may."""
    TOO_MANY_IN_CHANNEL = "too many in channel"


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
    """The deadline passed and the thread says so; "Check Again" goes on from here."""
    WITHDRAWN = "withdrawn"
    """Nobody wants the answer any more, and nothing of the question is shown."""


class Placeholder(StrEnum):
    """What the placeholder message says now, so that it is edited only for news."""

    NONE = ""
    BEHIND = "behind"
    """The question waits for the one before it in its thread."""
    IN_LINE = "in line"
    """`Progress.place` is its place in line."""
    WORKING = "working"
    BLOCKED = "blocked"
    ASKING_AGAIN = "asking again"
    STILL_RUNNING = "still running"
    SIGNING_IN = "signing in"
    CHOOSING_SPACE = "choosing space"


@dataclass(frozen=True, slots=True)
class Place:
    """A thread in Slack; `thread` is the `ts` of its first message, None while we have yet to post that."""

    team: str
    channel: str
    thread: str | None

    @property
    def is_direct(self) -> bool:
        """Whether it is in direct messages with one person, whose ids begin with D."""
        return self.channel.startswith("D")


FAILED = "failed:"
"""Before the name of the cause for which a question got no answer."""
LATER_FIELDS = frozenset({"published_from", "asked_thread", "notice", "above", "revises", "space", "unseen"})
"""Of a question: written only where they say something, as the version before does not know them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a user asked, as Slack sent it; never changes."""

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
    published_from: str = ""
    """The private question whose answer this one shows to everybody."""
    asked_in: str = ""
    """The channel of a question that is answered privately, in its asker's direct messages."""
    asked_thread: str = ""
    """The thread of that channel in which its message stands; empty for a slash command."""
    notice: Notice = Notice.NONE
    """Answered with that, without Genie."""
    above: bool = False
    """Wants the first message of its thread, which another app wrote, taken along."""
    revises: str = ""
    """The question as its message said it first, if that was edited into this one."""
    space: str = ""
    """The Genie space that its asker named; empty if it is to be found."""
    unseen: bool = False
    """Nobody saw it being asked, as it was in a modal: a thread hears nothing of a private answer to it, and
    where its answer cannot be posted, that is private."""

    @property
    def origin(self) -> str:
        """The question as its message said it first; all that it was edited into has the same."""
        return self.revises or self.id

    @property
    def asked_at(self) -> Place:
        """Where it was asked, wherever it is answered."""
        return (
            Place(self.place.team, self.asked_in, self.asked_thread or None) if self.asked_in else self.place
        )

    @property
    def begins_thread(self) -> bool:
        """Whether its message is the first of a thread."""
        return self.origin.endswith(f".{self.asked_at.thread or ''}")

    @property
    def for_genie(self) -> bool:
        """Whether it is more than a call for a notice, and nobody of another company asks it."""
        return not (self.notice or self.external)

    @property
    def identity(self) -> SlackUser:
        """As whom Databricks is asked."""
        return SlackUser(self.place.team, self.asker)

    @property
    def queue_name(self) -> str:
        """Whose turn in the fair line this question takes."""
        return self.identity.queue_name

    def to_json(self) -> str:
        """Return the form that Redis keeps; a replica of the version before reads it, too."""
        stored = {key: value for key, value in asdict(self).items() if value or key not in LATER_FIELDS}
        return json.dumps(stored, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Question":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        data |= {"place": Place(**data["place"]), "surface": Surface(data["surface"])}
        return cls(**data | {"notice": Notice(data.get("notice", ""))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Fields that Redis keeps about a question or a job."""

    thread: str | None = None
    ts: str | None = None
    """The message that becomes the answer."""
    attempts: int = 0
    """Leases of the present step that expired or failed; each may have done a part of it."""
    failures_in_a_row: int = 0
    """Of calls to Genie."""
    note: str = ""
    """What the message says besides."""
    files: str = "{}"
    """JSON: ids by name of uploaded files, so that no file is shared twice."""
    signing_in_at: int = 0
    """Milliseconds by Redis's clock, since when it waits until its person has signed in; 0 if it does not."""
    received_at: int = 0
    """Milliseconds by Redis's clock."""

    @classmethod
    def from_hash(cls, stored: Mapping[str, str]) -> Self:
        """Read the saved fields; absent ones keep their defaults."""
        known: dict[str, Any] = {}
        for each in fields(cls):
            if each.name in stored:
                text = stored[each.name]
                known[each.name] = each.type(text) if isinstance(each.type, type) else text
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Progress(Saved):
    """What has been saved about a question on its way; times are milliseconds by Redis's clock."""

    state: State
    text: str = field(default="", repr=False)
    """The question in the words that Genie gets."""
    placeholder: Placeholder = Placeholder.NONE
    place: int = 0
    """The place in line that the placeholder names."""
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
    """The Genie space in which it is asked, once that is known; where there is but one, once it was asked."""
    choosing_at: int = 0
    """Since when it waits until its space is chosen; 0 if it does not."""
    conversation: str = ""
    message: str = ""
    asked_as: str = ""
    """The person with whose rights it was last about to be asked; empty for the bot's."""
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
    variant: str = ""
    """The name of the reply's variant that Slack took."""
    withdrawn: int = 0
    """1 once nobody wants the answer: the question was withdrawn, or its message edited into another one."""
    passed: int = 0
    """1 once its message in Slack and its place in line went to the words that it was edited into."""
    joined: int = 0
    """1 if it was asked in a channel, and is answered in the thread of an earlier one in direct messages."""
    outcome: str = ""
    """How it ended: as the log has it, after `FAILED` where it got no answer; old records have none."""
    channel_told: int = 0
    """1 once the thread in which it was asked says that its asker is answered privately."""

    @property
    def missing_files(self) -> frozenset[str]:
        """The suffixes of the answer's files that did not get into Slack."""
        files: dict[str, str] = json.loads(self.files)
        return frozenset(name.rpartition(".")[2] for name, file_id in files.items() if not file_id)

    @property
    def ref(self) -> MessageRef:
        """Where the question lives in Genie."""
        return MessageRef(self.space, self.conversation, self.message)


def is_quoted(question: Question, progress: Progress) -> bool:
    """Whether the words of a question stand above its reply, as its thread does not show them."""
    return bool(progress.joined) if question.asked_thread else question.surface is Surface.BUTTON
